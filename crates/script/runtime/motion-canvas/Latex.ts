import {Node, SVG, initial, nodeName, parser, signal} from '@revideo/2d';
import type {SVGDocument, SVGProps, SVGShape} from '@revideo/2d';
import {Vector2, unwrap, useLogger} from '@revideo/core';
import type {SignalValue, SimpleSignal, ThreadGenerator, TimingFunction} from '@revideo/core';
import {alone, readParts} from '../2d/latex/parts';
import {typeset} from '../2d/latex/typeset';
import {nodeKind} from '../2d/native/nodeKind';
import type {SvgShape} from '../2d/svg/document';

export interface LatexProps extends Omit<SVGProps, 'svg'> {
  tex?: SignalValue<string | string[]>;
  /** What MathJax is told of how to set it (`em`, `display`, `scale`, …). */
  options?: SignalValue<Record<string, unknown>>;
}

/** The size of the type in which MathJax sets. */
const SET_SIZE = 16;

/** A formula, set by MathJax, of which each part is a node. */
@nodeName('Latex')
@nodeKind('svg')
export class Latex extends SVG {
  @initial({})
  @signal()
  declare public readonly options: SimpleSignal<Record<string, unknown>, this>;

  /** The formula in TeX: its parts, or one text in which `{{…}}` are parts. */
  @initial([])
  @parser(readParts)
  @signal()
  declare public readonly tex: SimpleSignal<string | string[], this>;

  public constructor(props: LatexProps) {
    super({fontSize: 48, ...props});
  }

  public override $$naturalSize(): [number, number] {
    const [x, y] = super.$$naturalSize();
    const scale = this.fontSize() / SET_SIZE;
    return [x * scale, y * scale];
  }

  protected override calculateWrapperScale(size: Vector2): Vector2 {
    const isGiven = [this.size.x, this.size.y].some(length => typeof length.context.getter() === 'number');
    return isGiven ? super.calculateWrapperScale(size) : new Vector2(this.fontSize() / SET_SIZE);
  }

  protected override $$read(): SVGDocument {
    return this.$$set(this.tex() as string[]);
  }

  protected *tweenTex(
    value: SignalValue<string | string[]>,
    time: number,
    timing: TimingFunction,
  ): ThreadGenerator {
    yield* this.$$tweenTo(this.$$set(readParts(unwrap(value))), time, timing);
    this.tex(value);
    this.$$between(null);
    this.$$settle();
  }

  /** The nodes of a formula, one for each part. */
  private $$set(parts: string[]): SVGDocument {
    if (parts.length === 0) return {size: Vector2.zero, nodes: []};
    const {svg, fault} = typeset(parts.join(''), this.options());
    if (fault !== null) {
      useLogger().error({message: `\`${this.key}\`: the formula cannot be set: ${fault}`, inspect: this.key});
      return {size: Vector2.zero, nodes: []};
    }
    const whole = this.$$shapes(svg);
    if (parts.length === 1) {
      return {size: whole.size, nodes: [this.$$part(parts[0], whole.shapes)]};
    }
    const left = [...whole.shapes];
    const nodes: SVGShape[] = [];
    for (const part of parts) {
      const signs = this.$$shapes(typeset(alone(part), this.options()).svg).shapes;
      if (signs.length === 0) continue;
      const first = left.findIndex(shape => sign(shape) === sign(signs[0]));
      const own = left.splice(Math.max(0, first), signs.length);
      if (own.length > 0) nodes.push(this.$$part(part, own));
    }
    if (left.length > 0) {
      useLogger().error({
        message: `\`${this.key}\`: ${left.length} signs of the formula belong to none of its parts, so that they are not drawn`,
        remarks: 'cut it elsewhere: each part has to be a formula of its own',
        inspect: this.key,
      });
    }
    return {size: whole.size, nodes};
  }

  private $$part(id: string, shapes: SvgShape[]): SVGShape {
    const nodes = shapes.map(shape => this.$$make(shape));
    return {id, shape: nodes.length === 1 ? nodes[0] : new Node({children: nodes})};
  }
}

/** Which sign a shape is, whatever formula it was set in. */
function sign(shape: SvgShape): string {
  return shape.id.replace(/^MJX-\d+-/, '');
}
