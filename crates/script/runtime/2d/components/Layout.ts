import {
  BBox,
  Origin,
  Vector2,
  boolLerp,
  modify,
  originToOffset,
  transformVector,
  transformVectorAsPoint,
  tween,
  unwrap,
} from '@revideo/core';
import type {
  Affine,
  Direction,
  InterpolationFunction,
  PossibleSpacing,
  PossibleVector2,
  SignalValue,
  SimpleSignal,
  SpacingSignal,
  ThreadGenerator,
  TimingFunction,
  Vector2Signal,
} from '@revideo/core';
import {defaultStyle} from '../decorators/defaultStyle';
import {lengthsSignal} from '../decorators/lengthSignal';
import type {Length, LengthsSignal, PossibleLengths} from '../decorators/lengthSignal';
import {nodeName} from '../decorators/nodeName';
import {cloneable, initial, interpolation, isMaterialised, signal} from '../decorators/signal';
import {spacingSignal} from '../decorators/spacingSignal';
import {originSignal} from '../decorators/originSignal';
import {vector2Signal} from '../decorators/vector2Signal';
import {Part} from '../native/drawing';
import type {Drawn, DrawingContext} from '../partials/drawingContext';
import {isOverridden, nodeKind} from '../native/nodeKind';
import {flag, inherited, keyword, lockable, one, pair, spacing, value} from '../native/stageProperty';
import {Node} from './Node';
import type {NodeProps} from './NodeProps';

/** Whether a node lays out its children; `null` follows the layout around it. */
export type LayoutMode = boolean | null;

export interface LayoutProps extends NodeProps {
  layout?: SignalValue<LayoutMode>;
  tagName?: string;
  width?: SignalValue<Length>;
  height?: SignalValue<Length>;
  maxWidth?: SignalValue<Length>;
  maxHeight?: SignalValue<Length>;
  minWidth?: SignalValue<Length>;
  minHeight?: SignalValue<Length>;
  ratio?: SignalValue<number | null>;
  marginTop?: SignalValue<number>;
  marginBottom?: SignalValue<number>;
  marginLeft?: SignalValue<number>;
  marginRight?: SignalValue<number>;
  margin?: SignalValue<PossibleSpacing>;
  paddingTop?: SignalValue<number>;
  paddingBottom?: SignalValue<number>;
  paddingLeft?: SignalValue<number>;
  paddingRight?: SignalValue<number>;
  padding?: SignalValue<PossibleSpacing>;
  direction?: SignalValue<string>;
  basis?: SignalValue<Length>;
  grow?: SignalValue<number>;
  shrink?: SignalValue<number>;
  wrap?: SignalValue<string>;
  justifyContent?: SignalValue<string>;
  alignContent?: SignalValue<string>;
  alignItems?: SignalValue<string>;
  alignSelf?: SignalValue<string>;
  rowGap?: SignalValue<Length>;
  columnGap?: SignalValue<Length>;
  gap?: SignalValue<PossibleLengths>;
  fontFamily?: SignalValue<string>;
  fontSize?: SignalValue<number>;
  fontStyle?: SignalValue<string>;
  fontWeight?: SignalValue<number>;
  lineHeight?: SignalValue<Length>;
  letterSpacing?: SignalValue<number>;
  textWrap?: SignalValue<boolean | 'pre' | 'balance'>;
  textDirection?: SignalValue<string>;
  textAlign?: SignalValue<string>;
  size?: SignalValue<PossibleLengths>;
  offsetX?: SignalValue<number>;
  offsetY?: SignalValue<number>;
  offset?: SignalValue<PossibleVector2>;
  clip?: SignalValue<boolean>;
  middle?: SignalValue<PossibleVector2>;
  top?: SignalValue<PossibleVector2>;
  bottom?: SignalValue<PossibleVector2>;
  left?: SignalValue<PossibleVector2>;
  right?: SignalValue<PossibleVector2>;
  topLeft?: SignalValue<PossibleVector2>;
  topRight?: SignalValue<PossibleVector2>;
  bottomLeft?: SignalValue<PossibleVector2>;
  bottomRight?: SignalValue<PossibleVector2>;
}

/** A box as laid out. */
interface Measured {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Properties that make a box's size another than its `size`. */
const BOUNDS = ['minWidth', 'minHeight', 'maxWidth', 'maxHeight', 'padding'] as const;

/** A box that can be laid out by the rules of CSS flexbox, and can lay out others. */
@nodeName('Layout')
@nodeKind('layout', {
  properties: {
    layout: one('layout', true, node => node.layout.context.getter()),
    size: {
      names: ['width', 'height'],
      layout: true,
      unset: false,
      isDefault: node => !node.$$sizesItself(),
      read: node => node.$$desiredSize(),
    },
    minWidth: value('minWidth', true),
    minHeight: value('minHeight', true),
    maxWidth: value('maxWidth', true),
    maxHeight: value('maxHeight', true),
    basis: value('basis', true),
    ratio: value('ratio', true),
    margin: spacing('margin', true),
    padding: spacing('padding', true),
    direction: value('direction', true),
    grow: lockable('grow'),
    shrink: lockable('shrink'),
    wrap: value('wrap', true),
    justifyContent: value('justifyContent', true),
    alignContent: value('alignContent', true),
    alignItems: value('alignItems', true),
    alignSelf: value('alignSelf', true),
    gap: one('gap', true, node => pair(node.gap.x(), node.gap.y())),
    fontFamily: inherited('fontFamily', true),
    fontSize: inherited('fontSize', true),
    fontStyle: inherited('fontStyle', true, node => keyword(node.fontStyle.context.getter())),
    fontWeight: inherited('fontWeight', true),
    lineHeight: inherited('lineHeight', true),
    letterSpacing: inherited('letterSpacing', true),
    textWrap: inherited('textWrap', true),
    textAlign: inherited('textAlign', true),
    textDirection: inherited('textDirection', true),
    offset: one('offset', true, node => [node.offset.x(), node.offset.y()]),
    clip: flag('clip'),
  },
})
export class Layout extends Node {
  @initial(null)
  @interpolation(boolLerp as any)
  @signal()
  declare public readonly layout: SimpleSignal<LayoutMode, this>;

  @initial(null)
  @signal()
  declare public readonly maxWidth: SimpleSignal<Length, this>;
  @initial(null)
  @signal()
  declare public readonly maxHeight: SimpleSignal<Length, this>;
  @initial(null)
  @signal()
  declare public readonly minWidth: SimpleSignal<Length, this>;
  @initial(null)
  @signal()
  declare public readonly minHeight: SimpleSignal<Length, this>;
  @initial(null)
  @signal()
  declare public readonly ratio: SimpleSignal<number | null, this>;

  @spacingSignal('margin')
  declare public readonly margin: SpacingSignal<this>;
  @spacingSignal('padding')
  declare public readonly padding: SpacingSignal<this>;

  @initial('row')
  @signal()
  declare public readonly direction: SimpleSignal<string, this>;
  @initial(null)
  @signal()
  declare public readonly basis: SimpleSignal<Length, this>;
  @initial(0)
  @signal()
  declare public readonly grow: SimpleSignal<number, this>;
  @initial(1)
  @signal()
  declare public readonly shrink: SimpleSignal<number, this>;
  @initial('nowrap')
  @signal()
  declare public readonly wrap: SimpleSignal<string, this>;
  @initial('start')
  @signal()
  declare public readonly justifyContent: SimpleSignal<string, this>;
  @initial('normal')
  @signal()
  declare public readonly alignContent: SimpleSignal<string, this>;
  @initial('stretch')
  @signal()
  declare public readonly alignItems: SimpleSignal<string, this>;
  @initial('auto')
  @signal()
  declare public readonly alignSelf: SimpleSignal<string, this>;
  @initial(0)
  @lengthsSignal({x: 'columnGap', y: 'rowGap'})
  declare public readonly gap: LengthsSignal<this>;

  @defaultStyle('font-family')
  @signal()
  declare public readonly fontFamily: SimpleSignal<string, this>;
  @defaultStyle('font-size', parseFloat)
  @signal()
  declare public readonly fontSize: SimpleSignal<number, this>;
  @defaultStyle('font-style')
  @signal()
  declare public readonly fontStyle: SimpleSignal<string, this>;
  @defaultStyle('font-weight', value => parseInt(value))
  @signal()
  declare public readonly fontWeight: SimpleSignal<number, this>;
  @signal()
  declare public readonly lineHeight: SimpleSignal<any, this>;
  @defaultStyle('letter-spacing', parseFloat)
  @signal()
  declare public readonly letterSpacing: SimpleSignal<number, this>;
  @defaultStyle('text-wrap')
  @signal()
  declare public readonly textWrap: SimpleSignal<boolean | 'pre' | 'balance', this>;
  @initial('inherit')
  @signal()
  declare public readonly textDirection: SimpleSignal<string, this>;
  @defaultStyle('text-align')
  @signal()
  declare public readonly textAlign: SimpleSignal<string, this>;

  /** Set as lengths, read as the box's pixels. */
  @initial(null)
  @lengthsSignal({x: 'width', y: 'height'})
  declare public readonly size: LengthsSignal<this>;

  @vector2Signal('offset')
  declare public readonly offset: Vector2Signal<this>;

  @originSignal(Origin.Middle)
  declare public readonly middle: SimpleSignal<any, this>;
  @originSignal(Origin.Top)
  declare public readonly top: SimpleSignal<any, this>;
  @originSignal(Origin.Bottom)
  declare public readonly bottom: SimpleSignal<any, this>;
  @originSignal(Origin.Left)
  declare public readonly left: SimpleSignal<any, this>;
  @originSignal(Origin.Right)
  declare public readonly right: SimpleSignal<any, this>;
  @originSignal(Origin.TopLeft)
  declare public readonly topLeft: SimpleSignal<any, this>;
  @originSignal(Origin.TopRight)
  declare public readonly topRight: SimpleSignal<any, this>;
  @originSignal(Origin.BottomLeft)
  declare public readonly bottomLeft: SimpleSignal<any, this>;
  @originSignal(Origin.BottomRight)
  declare public readonly bottomRight: SimpleSignal<any, this>;

  @initial(false)
  @signal()
  declare public readonly clip: SimpleSignal<boolean, this>;

  /** How many tweens hold the size. */
  @cloneable(false)
  @initial(0)
  @signal()
  declare public readonly sizeLockCounter: SimpleSignal<number, this>;

  declare private $$measured: Measured | undefined;
  declare private $$measuredRoot: Layout | undefined;
  declare private $$measuredVersion: number | undefined;

  public constructor(props: LayoutProps = {}) {
    super(props);
    // The stage is told of it through the signal.
    if (this.$$sizesItself()) void this.size;
  }

  /** Width: set as a length, read as pixels. */
  public get width(): any {
    return this.size.x;
  }

  /** Height: set as a length, read as pixels. */
  public get height(): any {
    return this.size.y;
  }

  public get columnGap(): any {
    return this.gap.x;
  }

  public get rowGap(): any {
    return this.gap.y;
  }

  // -- layout --------------------------------------------------------------------------------

  /** Whether this node lays out its children. */
  public layoutEnabled(): boolean {
    return this.$$ownLayout() ?? this.$$parentLayout()?.layoutEnabled() ?? false;
  }

  /** Whether this node is placed by its position, not by a layout around it. */
  public isLayoutRoot(): boolean {
    if (!this.layoutEnabled()) return true;
    const around = this.$$parentLayout();
    return around === null || !around.layoutEnabled();
  }

  /** The nearest layout above. */
  public $$parentLayout(): Layout | null {
    let node = this.$$readParent();
    while (node !== null && !(node instanceof Layout)) node = node.$$readParent();
    return node as Layout | null;
  }

  /** @deprecated The same as `parentLayout`. */
  public parentTransform(): Layout | null {
    return this.$$parentLayout();
  }

  /** The node whose layout this one takes part in; itself if it is a root. */
  public $$layoutRoot(): Layout {
    if (this.isLayoutRoot()) return this;
    return this.$$parentLayout()!.$$layoutRoot();
  }

  /** The layout mode set on this node. */
  protected $$ownLayout(): LayoutMode {
    return this.layout();
  }

  protected override $$flushInFlow(parentEnabled: boolean): void {
    if (parentEnabled && this.$$ownLayout() !== false) this.$$flushLayout(true);
  }

  /** The box as the stage lays it out. */
  protected $$measure(): Measured {
    const root = this.$$layoutRoot();
    if (this.$$measured === undefined || this.$$measuredRoot !== root || this.$$measuredVersion !== root.$$layoutVersion) {
      if (this.$$nativeId === 0) throw new Error(`\`${this.key}\` has been disposed and has no size any more`);
      this.$$stageLink.flushLayout(root, root.layoutEnabled());
      const [x, y, width, height] = __kinora.box(this.$$nativeId);
      this.$$measured = {x, y, width, height};
      this.$$measuredRoot = root;
      this.$$measuredVersion = root.$$layoutVersion;
    }
    // Subscribed only now: what was written for this measurement is no change to its reader.
    root.$$trackLayout();
    return this.$$measured;
  }

  /** Whether the box's size follows from `size` alone where it is in pixels. */
  protected $$hasFreeSize(): boolean {
    return true;
  }

  /** The box's size, if `size` decides it without a layout. */
  private $$givenSize(): Vector2 | null {
    if (!this.$$hasFreeSize() || !(isMaterialised(this, 'size') || this.$$sizesItself())) return null;
    const [width, height] = this.$$desiredSize();
    if (typeof width !== 'number' || typeof height !== 'number' || !(width >= 0) || !(height >= 0)) return null;
    for (const bound of BOUNDS) {
      if (isMaterialised(this, bound)) return null;
    }
    return this.isLayoutRoot() ? new Vector2(width, height) : null;
  }

  /** The box's size in pixels. */
  public computedSize(): Vector2 {
    const given = this.$$givenSize();
    if (given !== null) {
      this.$$trackLayout();
      return given;
    }
    const box = this.$$measure();
    return new Vector2(box.width, box.height);
  }

  /** Where a node in a layout has its origin, from the centre of the parent's box. */
  public computedPosition(): Vector2 {
    const box = this.$$measure();
    return new Vector2(box.x, box.y);
  }

  protected getX(): number {
    return this.isLayoutRoot() ? this.position.x.context.getter() : this.computedPosition().x;
  }

  protected getY(): number {
    return this.isLayoutRoot() ? this.position.y.context.getter() : this.computedPosition().y;
  }

  protected getWidth(): number {
    return this.computedSize().x;
  }

  protected getHeight(): number {
    return this.computedSize().y;
  }

  protected getSize(): Vector2 {
    return this.computedSize();
  }

  /** The size as it was set. */
  protected desiredSize(): {x: Length; y: Length} {
    return {x: this.size.x.context.getter(), y: this.size.y.context.getter()};
  }

  /** Whether the class decides by itself how large its nodes want to be. */
  public $$sizesItself(): boolean {
    return isOverridden(this, 'desiredSize');
  }

  /** The size that layout is to give the node. */
  public $$desiredSize(): [Length, Length] {
    const {x, y} = this.desiredSize();
    return [x, y];
  }

  // -- drawing -------------------------------------------------------------------------------

  protected override draw(context: DrawingContext): Drawn {
    if (this.$$nativeKind !== 'layout') context.$$hole(Part.Own, this);
    if (this.clip()) {
      const {x, y} = this.computedSize();
      context.beginPath();
      context.rect(x / -2, y / -2, x, y);
      context.closePath();
      context.clip();
    }
    return this.drawChildren(context);
  }

  /** The text style as a canvas and CSS have it. */
  protected get styles(): Record<string, string> {
    const style = this.fontStyle();
    const font = `${style === 'normal' ? '' : `${style} `}${this.fontWeight()} ${this.fontSize()}px ${this.fontFamily()}`;
    const length = (value: unknown) => (typeof value === 'number' ? `${value}px` : String(value));
    return {
      font,
      fontFamily: this.fontFamily(),
      fontSize: `${this.fontSize()}px`,
      fontStyle: style,
      fontWeight: String(this.fontWeight()),
      letterSpacing: `${this.letterSpacing()}px`,
      lineHeight: length(this.lineHeight()),
      direction: this.textDirection() === 'rtl' ? 'rtl' : 'ltr',
    };
  }

  /** Fonts are always known here. */
  protected requestFontUpdate(): void {}

  /** Has a context draw texts in the node's direction. */
  protected applyText(context: DrawingContext): void {
    context.direction = this.styles.direction;
  }

  // -- tweens of the size --------------------------------------------------------------------

  protected *tweenWidth(
    value: SignalValue<Length>,
    time: number,
    timing: TimingFunction,
    blend: InterpolationFunction<Length>,
  ): ThreadGenerator {
    yield* this.$$tweenLength(this.size.x, () => this.computedSize().x, value, time, timing, blend);
  }

  protected *tweenHeight(
    value: SignalValue<Length>,
    time: number,
    timing: TimingFunction,
    blend: InterpolationFunction<Length>,
  ): ThreadGenerator {
    yield* this.$$tweenLength(this.size.y, () => this.computedSize().y, value, time, timing, blend);
  }

  protected *tweenSize(
    value: SignalValue<PossibleLengths>,
    time: number,
    timing: TimingFunction,
    blend: InterpolationFunction<Vector2>,
  ): ThreadGenerator {
    const desired = this.desiredSize();
    const free = typeof desired.x !== 'number' || typeof desired.y !== 'number';
    const from = free ? this.computedSize() : new Vector2(desired.x as number, desired.y as number);
    const raw = unwrap(value);
    const wanted = this.size.context.parse(raw) as {x: Length; y: Length};
    let to: Vector2;
    const lock = free || typeof wanted.x !== 'number' || typeof wanted.y !== 'number';
    if (lock) {
      this.size(value);
      to = this.computedSize();
    } else {
      to = new Vector2(wanted.x as number, wanted.y as number);
    }
    this.size(from);
    if (lock) this.lockSize();
    try {
      yield* tween(time, progress => {
        this.size(blend(from, to, timing(progress)));
      });
    } finally {
      if (lock) this.releaseSize();
    }
    this.size(value);
  }

  private *$$tweenLength(
    length: any,
    measure: () => number,
    value: SignalValue<Length>,
    time: number,
    timing: TimingFunction,
    blend: InterpolationFunction<any>,
  ): ThreadGenerator {
    const desired = length.context.getter() as Length;
    const wanted = unwrap(value);
    const lock = typeof desired !== 'number' || typeof wanted !== 'number';
    const from = typeof desired === 'number' ? desired : measure();
    let to: number;
    if (typeof wanted === 'number') {
      to = wanted;
    } else {
      length(value);
      to = measure();
    }
    length(from);
    if (lock) this.lockSize();
    try {
      yield* tween(time, progress => {
        length(blend(from, to, timing(progress)));
      });
    } finally {
      if (lock) this.releaseSize();
    }
    length(value);
  }

  /** Keeps the layout around from growing or shrinking the node. */
  public lockSize(): void {
    // The stage is told of both through their own signals.
    void this.grow;
    void this.shrink;
    this.sizeLockCounter(this.sizeLockCounter() + 1);
  }

  /** Undoes one `lockSize`. */
  public releaseSize(): void {
    this.sizeLockCounter(Math.max(0, this.sizeLockCounter() - 1));
  }

  public $$isSizeLocked(): boolean {
    return this.sizeLockCounter() > 0;
  }

  // -- points of the box ---------------------------------------------------------------------

  protected override $$shiftOrigin(matrix: Affine): Affine {
    if (!isMaterialised(this, 'offset')) return matrix;
    const offset = this.offset();
    if (offset.x === 0 && offset.y === 0) return matrix;
    const size = this.computedSize();
    return matrix.translateSelf((-size.x * offset.x) / 2, (-size.y * offset.y) / 2);
  }

  /** A point of the box as seen from the point that `position` names, in the node's own space. */
  public getOriginDelta(origin: Origin | Direction): Vector2 {
    const size = this.computedSize().scale(0.5);
    return size.mul(originToOffset(origin)).sub(this.offset().mul(size));
  }

  /** Changes `offset` without moving the box. */
  public moveOffset(offset: PossibleVector2): this {
    const target = new Vector2(offset);
    const delta = target.sub(this.offset()).mul(this.computedSize().scale(0.5));
    this.position(this.position().add(transformVector(delta, this.$$linear())));
    return this.offset(target);
  }

  /** A point of the box in the parent's space. */
  public $$originPoint(origin: Origin | Direction): Vector2 {
    return transformVectorAsPoint(this.computedSize().getOriginOffset(origin), this.localToParent());
  }

  /** Moves the node so that a point of its box lies at `value` in the parent's space. */
  public $$moveOrigin(origin: Origin | Direction, value: SignalValue<PossibleVector2>): void {
    this.position(
      modify(value, point => new Vector2(point).sub(transformVector(this.getOriginDelta(origin), this.$$linear()))),
    );
  }

  /** Where the point that `position` names lies, from the middle of the box. */
  public anchorPosition(): Vector2 {
    return this.computedSize().scale(0.5).mul(this.offset());
  }

  protected override getCacheBBox(): BBox {
    return BBox.fromSizeCentered(this.computedSize());
  }

  // -- text styles ---------------------------------------------------------------------------

  /** The text style that this node's surroundings hand down. */
  public $$inheritedStyle(key: string): unknown {
    const around = this.$$styleParent();
    return around === null ? undefined : (around as any)[key]();
  }

  protected getDefaultLineHeight(): unknown {
    const height = this.$$styleParent()?.$$rawLineHeight();
    return typeof height === 'string' && height.endsWith('%') ? (parseFloat(height) / 100) * this.fontSize() : height;
  }

  /** The nearest line height that was set, as it was set. */
  public $$rawLineHeight(): unknown {
    return this.lineHeight.isInitial() ? this.$$styleParent()?.$$rawLineHeight() : this.lineHeight.context.getter();
  }

  /** Whose text styles this node has by default: the layout around it, or the view. */
  private $$styleParent(): Layout | null {
    if (!this.isLayoutRoot()) return this.$$parentLayout();
    const view = this.view() as unknown as Layout;
    return view === this ? null : view;
  }
}
