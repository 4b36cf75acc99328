import {
  Color,
  Vector2,
  all,
  clampRemap,
  delay,
  easeInOutSine,
  tween,
  unwrap,
  useLogger,
} from '@revideo/core';
import type {InterpolationFunction, SignalValue, SimpleSignal, ThreadGenerator, TimingFunction} from '@revideo/core';
import {computed} from '../decorators/computed';
import {nodeName} from '../decorators/nodeName';
import {cloneable, initial, signal} from '../decorators/signal';
import {nodeKind} from '../native/nodeKind';
import {one} from '../native/stageProperty';
import {Gradient} from '../partials/gradient';
import {matchShapes} from '../svg/match';
import type {Matched} from '../svg/match';
import {moved, placement} from '../svg/matrix';
import {readSvg} from '../svg/document';
import type {SvgPicture, SvgShape} from '../svg/document';
import {Circle} from './Circle';
import {Img} from './Img';
import {Line} from './Line';
import {Node} from './Node';
import {Path} from './Path';
import {Rect} from './Rect';
import {Shape} from './Shape';
import type {ShapeProps} from './Shape';

/** A node of a document, and the id or the name of its element. */
export interface SVGShape {
  id: string;
  shape: Node;
}

/** A document as nodes, around its middle. */
export interface SVGDocument {
  size: Vector2;
  nodes: SVGShape[];
}

export interface SVGProps extends ShapeProps {
  svg?: SignalValue<string>;
}

const KINDS: Record<SvgShape['kind'], new (props: any) => Node> = {Circle, Img, Line, Path, Rect};

/** The shapes of an SVG document, each a node of its own. */
@nodeName('SVG')
@nodeKind('svg', {derived: [one('natural', true, node => node.$$naturalSize())]})
export class SVG extends Shape {
  /** The document's text. */
  @initial('')
  @signal()
  declare public readonly svg: SimpleSignal<string, this>;

  /** The size between two documents while one becomes the other. */
  @cloneable(false)
  @initial(null)
  @signal()
  declare public readonly $$between: SimpleSignal<Vector2 | null, this>;

  /** What holds the shapes, scaled to the node's size. */
  public wrapper: Node;

  public constructor(props: SVGProps = {}) {
    super(props);
    this.wrapper = new Node({});
    this.$$settle();
    super.add(this.wrapper);
  }

  /** The shapes whose elements have this id, or no id and this name. */
  public getChildrenById(id: string): Node[] {
    this.wrapper.children();
    const {nodes} = this.document();
    return nodes.filter(node => node.id === id).map(node => node.shape);
  }

  /** Nodes made of the current document. */
  @computed()
  protected document(): SVGDocument {
    return this.$$read();
  }

  /** Reads the current document. */
  protected $$read(): SVGDocument {
    return this.parseSVG(this.svg());
  }

  /** Nodes made of a document; none of one that cannot be read, which is logged. */
  protected parseSVG(svg: string): SVGDocument {
    try {
      const picture = this.$$shapes(svg);
      return {
        size: picture.size,
        nodes: picture.shapes.map(shape => ({id: shape.id, shape: this.$$make(shape)})),
      };
    } catch (error) {
      useLogger().error({
        message: `\`${this.key}\`: its \`svg\` is not drawn: ${(error as Error).message}`,
        inspect: this.key,
      });
      return {size: Vector2.zero, nodes: []};
    }
  }

  /** What a document shows; what of it is not drawn is told. */
  protected $$shapes(svg: string): SvgPicture {
    return readSvg(svg, {
      warn: message => useLogger().warn({message: `\`${this.key}\`: ${message}`, inspect: this.key}),
    });
  }

  /** The document's own size, or what is between two of them. */
  public $$naturalSize(): [number, number] {
    const {x, y} = this.$$between() ?? this.document().size;
    return [x, y];
  }

  /** How a document of this size is scaled to the size that the node was given. */
  protected calculateWrapperScale(size: Vector2): Vector2 {
    const wanted = (axis: 'x' | 'y') => {
      const length = this.size[axis];
      const raw = length.context.getter();
      return raw === null || raw === undefined ? null : length();
    };
    const [width, height] = [wanted('x'), wanted('y')];
    if (size.x === 0 || size.y === 0) return Vector2.one;
    const x = typeof width === 'number' ? width / size.x : null;
    const y = typeof height === 'number' ? height / size.y : null;
    return new Vector2(x ?? y ?? 1, y ?? x ?? 1);
  }

  /** Shows the current document as it is. */
  protected $$settle(): void {
    this.wrapper.children(() => this.document().nodes.map(node => node.shape));
    this.wrapper.scale(() => this.calculateWrapperScale(this.document().size));
  }

  /** One document becomes another: shapes of one id move, others fade. */
  protected *tweenSvg(
    value: SignalValue<string>,
    time: number,
    timing: TimingFunction,
    _blend: InterpolationFunction<string>,
  ): ThreadGenerator {
    const target = unwrap(value);
    yield* this.$$tweenTo(this.parseSVG(target), time, timing);
    this.svg(value);
    this.$$between(null);
    this.$$settle();
  }

  /** Moves towards a document that is to be shown then. */
  protected *$$tweenTo(to: SVGDocument, time: number, timing: TimingFunction): ThreadGenerator {
    const from = this.document();
    const matched = matchShapes(from.nodes, to.nodes);
    const scale = this.calculateWrapperScale(to.size);
    this.wrapper.scale(this.wrapper.scale());
    this.wrapper.children(matched.drawn);
    yield* all(
      this.wrapper.scale(scale, time, timing),
      tween(time, progress => {
        const now = timing(progress);
        this.$$between(easeInOutSineBetween(from.size, to.size, clampRemap(0.2, 0.8, 0, 1, now)));
        for (const {node, opacity} of matched.deleted) node.opacity(clampRemap(0, 0.35, opacity, 0, now));
        for (const {node, opacity} of matched.inserted) node.opacity(clampRemap(0.65, 1, 0, opacity, now));
      }),
      delay(time * 0.2, all(...matched.moved.map(pair => move(pair, time * 0.6, timing)))),
    );
    for (const {node, opacity} of matched.inserted) node.opacity(opacity);
  }

  protected $$make({id, kind, style, props, fit, gradients}: SvgShape): Node {
    const {fill, stroke, ...rest} = style;
    const paint = (side: 'fill' | 'stroke', text?: string) => {
      const gradient = gradients?.[side];
      return gradient === undefined ? this.$$paint(id, text, side) : new Gradient(gradient);
    };
    const node = new KINDS[kind]({
      layout: false,
      ...(kind === 'Img' ? {opacity: rest.opacity ?? 1} : {...rest, fill: paint('fill', fill)}),
      ...(kind === 'Img' ? {} : {stroke: paint('stroke', stroke)}),
      ...props,
    });
    if (fit !== undefined) place(node as Img, fit);
    return node;
  }

  private $$paint(id: string, text: string | undefined, side: 'fill' | 'stroke'): unknown {
    if (text === undefined || text === 'none' || text === 'transparent') return null;
    if (text.toLowerCase() === 'currentcolor') return () => this[side]();
    try {
      return new Color(text);
    } catch {
      throw new Error(`the \`${side}\` of \`${id}\` is \`${text}\`, which is not a colour`);
    }
  }
}

/** Fits a picture into its box, as large as the box allows. */
function place(img: Img, fit: NonNullable<SvgShape['fit']>): void {
  const natural = img.naturalSize();
  const width = fit.width ?? (fit.height === undefined ? natural.x : (fit.height * natural.x) / natural.y);
  const height = fit.height ?? (width * natural.y) / natural.x;
  const scale = Math.min(width / natural.x, height / natural.y);
  const {position, rotation, scale: stretch} = placement(moved(fit.transform, fit.x + width / 2, fit.y + height / 2));
  img.size([natural.x * scale, natural.y * scale]);
  img.position(position);
  img.rotation(rotation);
  img.scale(stretch);
}

function easeInOutSineBetween(from: Vector2, to: Vector2, value: number): Vector2 {
  return new Vector2(easeInOutSine(value, from.x, to.x), easeInOutSine(value, from.y, to.y));
}

/** A node takes the looks and the place of another, and so do its children. */
function* move({from, to}: Matched, time: number, timing: TimingFunction): ThreadGenerator {
  const tasks: ThreadGenerator[] = [
    from.position(to.position(), time, timing),
    from.scale(to.scale(), time, timing),
    from.rotation(to.rotation(), time, timing),
  ];
  if (from instanceof Path && to instanceof Path) {
    if (from.data() !== to.data()) tasks.push(from.data(to.data(), time, timing));
  } else if (from instanceof Line && to instanceof Line) {
    tasks.push(from.points(to.points(), time, timing));
  } else if (isBox(from) && isBox(to)) {
    tasks.push(from.size(to.size(), time, timing));
  }
  if (from instanceof Shape && to instanceof Shape) {
    tasks.push(from.lineWidth(to.lineWidth(), time, timing));
    for (const side of ['fill', 'stroke'] as const) {
      const [old, next] = [from[side](), to[side]()];
      if (old instanceof Gradient || next instanceof Gradient) {
        // What is no colour has nothing between it and another.
        tasks.push(delay(time / 2, () => from[side](next)));
      } else if (old !== next) {
        tasks.push(from[side](next, time, timing));
      }
    }
  }
  const children = to.children() as Node[];
  (from.children() as Node[]).slice(0, children.length).forEach((child, index) => {
    tasks.push(move({from: child, to: children[index]}, time, timing));
  });
  yield* all(...tasks);
}

function isBox(node: Node): node is Rect | Circle | Img {
  return node instanceof Rect || node instanceof Circle;
}
