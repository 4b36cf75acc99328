import {DEFAULT, all, capitalize, textLerp} from '@revideo/core';
import type {
  InterpolationFunction,
  SignalValue,
  SimpleSignal,
  ThreadGenerator,
  TimingFunction,
} from '@revideo/core';
import {nodeName} from '../decorators/nodeName';
import {initial, interpolation, signal} from '../decorators/signal';
import {encodeStyle} from '../native/encode';
import {nodeKind} from '../native/nodeKind';
import {inherited} from '../native/stageProperty';
import type {LayoutMode} from './Layout';
import type {Node} from './Node';
import {Shape} from './Shape';
import type {ShapeProps} from './Shape';
import {TxtLeaf} from './TxtLeaf';
import {childList} from './children';
import type {ComponentChildren} from './children';

export interface TxtProps extends ShapeProps {
  text?: SignalValue<string>;
}

/** A text, or a run in another style inside one. Its children are texts and strings. */
@nodeName('Txt')
@nodeKind('txt', {
  properties: {
    layout: null,
    fill: inherited('fill', false, node => encodeStyle(node.fill.context.getter())),
    stroke: inherited('stroke', false, node => encodeStyle(node.stroke.context.getter())),
    strokeFirst: inherited('strokeFirst', false, node => Boolean(node.strokeFirst.context.getter())),
    lineWidth: inherited('lineWidth', false),
    lineJoin: inherited('lineJoin', false),
    lineCap: inherited('lineCap', false),
    lineDash: inherited('lineDash', false, node => node.lineDash.context.getter().map(Number)),
    lineDashOffset: inherited('lineDashOffset', false),
  },
})
export class Txt extends Shape {
  /** A bold run: `<Txt.b>`. */
  public static b(props: TxtProps): Txt {
    return styled(props, {fontWeight: 700});
  }

  /** An italic run: `<Txt.i>`. */
  public static i(props: TxtProps): Txt {
    return styled(props, {fontStyle: 'italic'});
  }

  /** The text with that of all runs; setting it leaves one plain piece. */
  @initial('')
  @interpolation(textLerp as InterpolationFunction<string>)
  @signal()
  declare public readonly text: SimpleSignal<string, this>;

  public constructor(props: TxtProps = {}) {
    super(props);
  }

  protected override $$ownLayout(): LayoutMode {
    return true;
  }

  protected getLayout(): LayoutMode {
    return true;
  }

  protected getText(): string {
    let text = '';
    for (const child of this.$$readChildren()) text += (child as Txt | TxtLeaf).text();
    return text;
  }

  protected setText(value: SignalValue<string> | typeof DEFAULT): void {
    let leaf = this.$$readChildren().find(child => child instanceof TxtLeaf) as TxtLeaf | undefined;
    if (leaf === undefined) leaf = new TxtLeaf({text: value === DEFAULT ? '' : value});
    else leaf.text(value);
    this.setChildren(leaf);
  }

  /** Types the text while the block grows to its new size. */
  protected *tweenText(
    value: SignalValue<string>,
    time: number,
    timing: TimingFunction,
    blend: InterpolationFunction<string>,
  ): ThreadGenerator {
    const children = this.$$readChildren();
    if (children.length !== 1 || !(children[0] instanceof TxtLeaf)) this.text(this.text());
    const leaf = this.childAs<TxtLeaf>(0)!;
    const former = leaf.text.context.raw();
    const {x, y} = this.desiredSize();
    leaf.text(value);
    const size = this.computedSize();
    leaf.text(former ?? DEFAULT);
    if (this.computedSize().y === 0) this.size.y(size.y);
    yield* all(this.size(size, time, timing), leaf.text(value, time, timing, blend));
    this.size.x(x);
    this.size.y(y);
  }

  protected override $$adoptContent(content: SignalValue<ComponentChildren>): void {
    this.setChildren(content);
  }

  protected override parseChildren(children: ComponentChildren): Node[] {
    const list = Array.isArray(children) ? children : [children];
    return childList(
      list.map(child => {
        if (typeof child === 'string') return new TxtLeaf({text: child});
        return child instanceof Txt || child instanceof TxtLeaf ? child : null;
      }),
    );
  }

  /** The text that this one is a run of. */
  protected parentTxt(): Txt | null {
    const parent = this.$$readParent();
    return parent instanceof Txt ? parent : null;
  }

  static {
    // What a run does not set itself it has from the text around it.
    for (const key of [
      'fill',
      'stroke',
      'strokeFirst',
      'lineWidth',
      'lineJoin',
      'lineCap',
      'lineDash',
      'lineDashOffset',
    ]) {
      (Txt.prototype as any)[`get${capitalize(key)}`] = function (this: any) {
        const own = this[key];
        const around = own.isInitial() ? this.parentTxt() : null;
        return around === null ? own.context.getter() : around[key]();
      };
    }
  }
}

function styled(props: TxtProps, style: TxtProps): Txt {
  const {ref, ...rest} = props;
  const txt = new Txt({...style, ...rest});
  (ref as ((node: Txt) => void) | undefined)?.(txt);
  return txt;
}
