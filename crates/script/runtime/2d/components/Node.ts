import {
  Affine,
  BBox,
  DependencyContext,
  Vector2,
  all,
  easeInOutCubic,
  isReactive,
  transformAngle,
  transformVectorAsPoint,
  unwrap,
} from '@revideo/core';
import type {
  ColorSignal,
  PossibleVector2,
  Promisable,
  SignalValue,
  SimpleSignal,
  SpacingSignal,
  ThreadGenerator,
  TimingFunction,
  Vector2Signal,
} from '@revideo/core';
import {builtInParser} from '../decorators/builtInParser';
import {colorSignal} from '../decorators/colorSignal';
import {computed} from '../decorators/computed';
import {filtersSignal} from '../decorators/filtersSignal';
import type {FiltersSignal} from '../decorators/filtersSignal';
import {initializeSignals} from '../decorators/initializeSignals';
import {getPropertiesOf} from '../decorators/metadata';
import type {PropertyMetadata} from '../decorators/metadata';
import {nodeName} from '../decorators/nodeName';
import {cloneable, initial, isMaterialised, parser, signal} from '../decorators/signal';
import {spacingSignal} from '../decorators/spacingSignal';
import {pointSignal, vector2Signal} from '../decorators/vector2Signal';
import {customDefaults} from '../native/customDefaults';
import {Lease, endWithNode} from '../native/lease';
import {Part, ownDrawing} from '../native/drawing';
import type {OwnDrawing} from '../native/drawing';
import type {Drawn, DrawingContext} from '../partials/drawingContext';
import {encodeFilters} from '../native/encode';
import {nodeKind} from '../native/nodeKind';
import {flag, one, pair, pairOf, spacing, style, value, vector} from '../native/stageProperty';
import type {StageProperty} from '../native/stageProperty';
import {refuseShaders} from '../native/refuseShaders';
import {watchDerived} from '../native/stageItem';
import type {StageLink} from '../native/stageLink';
import {useScene2D} from '../scenes/useScene2D';
import type {Scene2D} from '../scenes/Scene2D';
import type {View2D} from './View2D';
import type {NodeProps, NodeState} from './NodeProps';
import {TreeNode} from './TreeNode';

/**
 * What a scene is made of: a place in the tree with position, rotation, scale, opacity and effects.
 *
 * A node tells the stage only what differs from the defaults, and only once it has changed.
 */
@nodeName('Node')
@nodeKind('node', {
  properties: {
    position: {
      ...one('position', false, node => pair(node.position.x.context.getter(), node.position.y.context.getter())),
      direct: {...pairOf('position'), isRaw: true},
    },
    rotation: value('rotation'),
    scale: vector('scale'),
    skew: vector('skew'),
    zIndex: value('zIndex'),
    opacity: value('opacity'),
    filters: one('filters', false, node => encodeFilters(node.filters())),
    shadowColor: style('shadowColor'),
    shadowBlur: value('shadowBlur'),
    shadowOffset: vector('shadowOffset'),
    cache: flag('cache'),
    cachePadding: spacing('cachePadding', false),
    composite: flag('composite'),
    compositeOperation: value('compositeOperation'),
    compositeOverride: value('compositeOverride'),
  },
})
export class Node extends TreeNode implements Promisable<Node> {
  /** The kind of node that the stage draws. */
  declare public readonly $$nativeKind: string;
  /** What the stage is told of such nodes, by the signals. */
  declare public readonly $$stageProperties: Record<string, StageProperty>;
  /** What the stage is told that no single signal holds. */
  declare public readonly $$stageDerived: readonly StageProperty[];
  /** Tells JSX that this is a class component. */
  declare public readonly isClass: boolean;
  public readonly key: string;
  /** Where the node was made. */
  public readonly $$made: Error = new Error();
  /** What the stage has of it. */
  public readonly $$lease: Lease;
  public readonly $$stageLink: StageLink;

  @vector2Signal()
  declare public readonly position: Vector2Signal<this>;

  @cloneable(false)
  @pointSignal()
  declare public readonly absolutePosition: SimpleSignal<any, this>;

  @initial(0)
  @signal()
  declare public readonly rotation: SimpleSignal<number, this>;

  @cloneable(false)
  @signal()
  declare public readonly absoluteRotation: SimpleSignal<number, this>;

  @initial(1)
  @vector2Signal('scale')
  declare public readonly scale: Vector2Signal<this>;

  @cloneable(false)
  @pointSignal()
  declare public readonly absoluteScale: SimpleSignal<any, this>;

  @vector2Signal('skew')
  declare public readonly skew: Vector2Signal<this>;

  @initial(0)
  @signal()
  declare public readonly zIndex: SimpleSignal<number, this>;

  @initial(false)
  @signal()
  declare public readonly cache: SimpleSignal<boolean, this>;

  @spacingSignal('cachePadding')
  declare public readonly cachePadding: SpacingSignal<this>;

  @initial(false)
  @signal()
  declare public readonly composite: SimpleSignal<boolean, this>;

  @initial('source-over')
  @signal()
  declare public readonly compositeOperation: SimpleSignal<string, this>;

  /** How much of the node is drawn a second time with `source-over`. */
  @cloneable(false)
  @initial(0)
  @signal()
  declare public readonly compositeOverride: SimpleSignal<number, this>;

  @initial(1)
  @parser(builtInParser((value: number) => (value < 0 ? 0 : value > 1 ? 1 : value)))
  @signal()
  declare public readonly opacity: SimpleSignal<number, this>;

  @filtersSignal()
  declare public readonly filters: FiltersSignal<this>;

  @initial('#0000')
  @colorSignal()
  declare public readonly shadowColor: ColorSignal<this>;

  @initial(0)
  @signal()
  declare public readonly shadowBlur: SimpleSignal<number, this>;

  @vector2Signal('shadowOffset')
  declare public readonly shadowOffset: Vector2Signal<this>;

  readonly #ownView: View2D | null;
  /** The scene that it was made in. */
  public readonly $$scene: Scene2D;
  readonly #unregister: () => void;
  #stateStack: NodeState[] = [];

  public constructor(props: NodeProps = {}) {
    const {children, spawner, key, ref: _ref, shaders, ...rest} = props;
    super();
    this.$$scene = useScene2D();
    [this.key, this.#unregister] = this.$$scene.registerNode(this, key);
    this.$$stageLink = this.$$scene.$$stageLink;
    this.#ownView = this.$$scene.$$currentView();
    this.$$lease = new Lease(this.key, this.$$made);
    endWithNode(this, this.$$lease);
    this.$$nativeId = this.$$lease.create(this.$$nativeKind, this.$$stageLink.viewId);
    const drawing = ownDrawing(this);
    if (drawing.content || drawing.whole) this.$$scene.$$drawsItself(this);
    watchDerived(this);
    initializeSignals(this, rest);
    for (const property of customDefaults(Object.getPrototypeOf(this))) {
      void (this as any)[property];
    }
    const content = children ?? spawner;
    if (content !== undefined) this.$$adoptContent(content);
    if (shaders !== undefined) this.shaders(shaders);
  }

  /** The horizontal part of the position. */
  public get x(): SimpleSignal<number, this> {
    return this.position.x as SimpleSignal<number, this>;
  }

  /** The vertical part of the position. */
  public get y(): SimpleSignal<number, this> {
    return this.position.y as SimpleSignal<number, this>;
  }

  /** The scene's root. */
  public view(): View2D {
    return this.#ownView ?? (this as unknown as View2D);
  }

  /** There are none. Giving a node any is an error, or a warning where the user wants it so. */
  public shaders(value?: unknown): unknown {
    if (value === undefined) return [];
    if (value !== null && !(Array.isArray(value) && value.length === 0)) refuseShaders(String(this.key));
    return this;
  }

  /** Moves the node to another parent; it keeps its place, rotation and scale on screen. */
  public reparent(newParent: Node): this {
    const position = this.absolutePosition();
    const rotation = this.absoluteRotation();
    const scale = this.absoluteScale();
    newParent.add(this);
    this.absolutePosition(position);
    this.absoluteRotation(rotation);
    this.absoluteScale(scale);
    return this;
  }

  /** Whether the stage must be told a property even at its default. */
  public $$writesDefault(key: string): boolean {
    return customDefaults(Object.getPrototypeOf(this)).has(key);
  }

  // -- transforms ----------------------------------------------------------------------------

  /** This node's space to its parent's. */
  @computed()
  public localToParent(): Affine {
    const matrix = this.$$linear();
    matrix.e = this.position.x();
    matrix.f = this.position.y();
    return this.$$shiftOrigin(matrix);
  }

  /** This node's space to the canvas. */
  @computed()
  public localToWorld(): Affine {
    const parent = this.$$readParent();
    return parent === null ? this.localToParent() : parent.localToWorld().multiply(this.localToParent());
  }

  /** The canvas to this node's space. */
  @computed()
  public worldToLocal(): Affine {
    return this.localToWorld().inverse();
  }

  /** The canvas to the parent's space. */
  @computed()
  public worldToParent(): Affine {
    return this.parentToWorld().inverse();
  }

  /** The parent's space to the canvas. */
  @computed()
  public parentToWorld(): Affine {
    return this.$$readParent()?.localToWorld() ?? new Affine();
  }

  /** The space of the nearest composite root (this node or one above) to the canvas. */
  @computed()
  public compositeToWorld(): Affine {
    return this.compositeRoot()?.localToWorld() ?? new Affine();
  }

  /** The nearest composite root: this node or one above. */
  public compositeRoot(): Node | null {
    return this.composite() ? this : (this.$$readParent()?.compositeRoot() ?? null);
  }

  /** This node's space to that of the nearest composite root. */
  @computed()
  public compositeToLocal(): Affine {
    const root = this.compositeRoot();
    return root === null ? new Affine() : this.worldToLocal().multiply(root.localToWorld());
  }

  /** Rotation, scale and skew. */
  protected $$linear(): Affine {
    const scale = this.scale();
    const matrix = new Affine().rotateSelf(this.rotation()).scaleSelf(scale.x, scale.y);
    if (isMaterialised(this, 'skew')) matrix.skewXSelf(this.skew.x()).skewYSelf(this.skew.y());
    return matrix;
  }

  /** Moves the origin from the point that `position` names to the middle of the node. */
  protected $$shiftOrigin(matrix: Affine): Affine {
    return matrix;
  }

  protected getAbsolutePosition(): Vector2 {
    const matrix = this.localToWorld();
    return new Vector2(matrix.m41, matrix.m42);
  }

  protected setAbsolutePosition(value: SignalValue<PossibleVector2>): void {
    const toParent = (world: PossibleVector2) =>
      transformVectorAsPoint(new Vector2(world), this.worldToParent());
    this.position(isReactive(value) ? () => toParent(value()) : toParent(value));
  }

  protected getAbsoluteRotation(): number {
    const matrix = this.localToWorld();
    return Vector2.degrees(matrix.m11, matrix.m12);
  }

  protected setAbsoluteRotation(value: SignalValue<number>): void {
    const toParent = (world: number) => transformAngle(world, this.worldToParent());
    this.rotation(isReactive(value) ? () => toParent(value()) : toParent(value));
  }

  protected getAbsoluteScale(): Vector2 {
    const matrix = this.localToWorld();
    return new Vector2(
      Vector2.magnitude(matrix.m11, matrix.m12),
      Vector2.magnitude(matrix.m21, matrix.m22),
    );
  }

  protected setAbsoluteScale(value: SignalValue<PossibleVector2>): void {
    const toParent = (world: PossibleVector2) => this.#toParentScale(new Vector2(world));
    this.scale(isReactive(value) ? () => toParent(value()) : toParent(value));
  }

  #toParentScale(scale: Vector2): Vector2 {
    const matrix = this.worldToParent();
    return new Vector2(
      Vector2.magnitude(matrix.m11, matrix.m12) * scale.x,
      Vector2.magnitude(matrix.m21, matrix.m22) * scale.y,
    );
  }

  /** The product of this node's opacity and those above. */
  @computed()
  public absoluteOpacity(): number {
    return (this.$$readParent()?.absoluteOpacity() ?? 1) * this.opacity();
  }

  /** The box around what this node itself draws, in its own space. */
  protected getCacheBBox(): BBox {
    return new BBox();
  }

  /** The same for those who look at the node from outside. */
  public $$ownBox(): BBox {
    return this.getCacheBBox();
  }

  /** The box around this node and all below, in its own space. */
  @computed()
  public cacheBBox(): BBox {
    const corners: Vector2[] = this.getCacheBBox().corners;
    for (const child of this.$$readChildren()) {
      corners.push(...child.fullCacheBBox().corners.map(point => transformVectorAsPoint(point, child.localToParent())));
    }
    return BBox.fromPoints(...corners).expand(this.cachePadding());
  }

  /** The same with the reach of blur and shadow. */
  protected fullCacheBBox(): BBox {
    const box = this.cacheBBox();
    const blur = this.filters.blur() + this.shadowBlur();
    const offset = this.shadowOffset();
    const reach = new BBox(box);
    reach.x -= blur * 2 - Math.min(0, offset.x);
    reach.y -= blur * 2 - Math.min(0, offset.y);
    reach.width += blur * 4 + Math.abs(offset.x);
    reach.height += blur * 4 + Math.abs(offset.y);
    return reach;
  }

  /** The topmost node at a point of the canvas, this one included; `null` if there is none. */
  public hit(position: Vector2): Node | null {
    const local = transformVectorAsPoint(position, this.worldToLocal());
    const children = [...this.$$readChildren()].sort((a, b) => a.zIndex() - b.zIndex());
    for (let index = children.length - 1; index >= 0; index--) {
      const hit = children[index].hit(position);
      if (hit !== null) return hit;
    }
    const box = this.getCacheBBox();
    return box.width > 0 && box.height > 0 && box.includes(local) ? this : null;
  }

  // -- drawing -------------------------------------------------------------------------------

  /**
   * Draws the node in its parent's space, with its place and effects: a place for what the stage
   * draws of it.
   */
  public render(context: DrawingContext): Drawn {
    if (this.absoluteOpacity() <= 0) return;
    this.$$scene.$$drawElsewhere(this);
    if (!ownDrawing(this).place) {
      context.$$hole(Part.Whole, this);
      return;
    }
    context.save();
    this.transformContext(context);
    context.$$hole(Part.Unplaced, this);
    context.restore();
  }

  /** Goes from the parent's space to the node's. */
  protected transformContext(context: DrawingContext): void {
    const {a, b, c, d, e, f} = this.localToParent();
    context.transform(a, b, c, d, e, f);
  }

  /** Draws what is in the node, in its own space. */
  protected draw(context: DrawingContext): Drawn {
    if (this.$$nativeKind !== 'node') context.$$hole(Part.Own, this);
    return this.drawChildren(context);
  }

  /** Draws the children, those with a low `zIndex` first. */
  protected drawChildren(context: DrawingContext): Drawn {
    context.$$hole(Part.Children, this);
  }

  /** The children in the order in which they are drawn. */
  protected sortedChildren(): Node[] {
    return [...this.$$readChildren()].sort((a, b) => a.zIndex() - b.zIndex());
  }

  /** Draws what is in the node by the class's own methods. */
  public $$draw(context: DrawingContext): Drawn {
    return this.draw(context);
  }

  /** What the node draws by itself. */
  public $$ownDrawing(): OwnDrawing {
    return ownDrawing(this);
  }

  // -- copies and states ---------------------------------------------------------------------

  /** Every property's key, metadata and signal. */
  public *[Symbol.iterator](): Generator<{key: string; meta: PropertyMetadata; signal: any}> {
    for (const [key, meta] of Object.entries(getPropertiesOf(this))) {
      yield {key, meta, signal: (this as any)[key]};
    }
  }

  /** A copy with the same raw values, reactive ones included; `props` take precedence. */
  public clone(props: NodeState = {}): this {
    const state: NodeState = {...props};
    for (const [key, meta] of Object.entries(getPropertiesOf(this))) {
      if (!meta.cloneable || key in state || !isMaterialised(this, key)) continue;
      const source = (this as any)[key];
      if (meta.compoundEntries.length === 0) {
        if (!source.isInitial()) state[key] = source.context.raw();
        continue;
      }
      for (const [component, prop] of meta.compoundEntries) {
        if (!(prop in state) && !source[component].isInitial()) state[prop] = source[component].context.raw();
      }
    }
    const children = this.children.context.raw();
    if (typeof children === 'function') state.children ??= children;
    return this.instantiate(this.#withChildren(state, child => child.clone()));
  }

  /** A copy with the present values. */
  public snapshotClone(props: NodeState = {}): this {
    const state = {...this.getState(), ...props};
    return this.instantiate(this.#withChildren(state, child => child.snapshotClone()));
  }

  /** A copy whose properties follow this node's. */
  public reactiveClone(props: NodeState = {}): this {
    const state: NodeState = {...props};
    for (const {key, meta, signal: source} of this) {
      if (meta.cloneable && !(key in state)) state[key] = () => source();
    }
    return this.instantiate(this.#withChildren(state, child => child.reactiveClone()));
  }

  /** A new node of the same class. */
  public instantiate(props: NodeState = {}): this {
    return new (this.constructor as new (props: NodeState) => this)(props);
  }

  /** The values of the properties. */
  public getState(): NodeState {
    const state: NodeState = {};
    for (const {key, meta, signal: source} of this) {
      if (meta.cloneable && !(key in state)) state[key] = source();
    }
    return state;
  }

  /** Sets properties at once, or tweens them together. */
  public applyState(state: NodeState): void;
  public applyState(state: NodeState, duration: number, timing?: TimingFunction): ThreadGenerator;
  public applyState(
    state: NodeState,
    duration?: number,
    timing: TimingFunction = easeInOutCubic,
  ): ThreadGenerator | void {
    if (duration !== undefined) return this.#tweenState(state, duration, timing);
    for (const key of Object.keys(state)) {
      const target = this.#stateSignal(key);
      if (target) target(state[key]);
    }
  }

  /** Puts the present state on a stack. */
  public save(): void {
    this.#stateStack.push(this.getState());
  }

  /** Goes back to the state on top of the stack, at once or by tweens. */
  public restore(): void;
  public restore(duration: number, timing?: TimingFunction): ThreadGenerator;
  public restore(duration?: number, timing: TimingFunction = easeInOutCubic): ThreadGenerator | void {
    const state = this.#stateStack.pop();
    if (state !== undefined) return duration === undefined ? this.applyState(state) : this.#tweenState(state, duration, timing);
    if (duration !== undefined) return this.#tweenState({}, 0, timing);
  }

  *#tweenState(state: NodeState, duration: number, timing: TimingFunction): ThreadGenerator {
    const tasks: ThreadGenerator[] = [];
    for (const key of Object.keys(state)) {
      const target = this.#stateSignal(key);
      if (target && state[key] !== target.context.raw()) tasks.push(target(state[key], duration, timing));
    }
    yield* all(...tasks);
  }

  #stateSignal(key: string): any {
    return key in getPropertiesOf(this) ? (this as any)[key] : undefined;
  }

  #withChildren(state: NodeState, copy: (child: Node) => Node): NodeState {
    if (state.children === undefined && this.$$readChildren().length > 0) {
      state.children = this.$$readChildren().map(copy);
    }
    return state;
  }

  protected *tweenCompositeOperation(
    value: SignalValue<string>,
    time: number,
    timing: TimingFunction,
  ): ThreadGenerator {
    const next = unwrap(value);
    if (next === 'source-over') {
      this.compositeOverride(0);
      yield* this.compositeOverride(1, time, timing);
      this.compositeOverride(0);
      this.compositeOperation(next);
    } else {
      this.compositeOperation(next);
      this.compositeOverride(1);
      yield* this.compositeOverride(0, time, timing);
    }
  }

  // -- resources and end ---------------------------------------------------------------------

  /** Asks for the resources of this node and those below. */
  protected collectAsyncResources(): void {
    for (const child of this.$$readChildren()) child.collectAsyncResources();
  }

  /** Resolves once all resources of this node and those below have loaded. */
  public async toPromise(): Promise<this> {
    this.collectAsyncResources();
    while (DependencyContext.hasPromises()) {
      await DependencyContext.consumePromises();
      this.collectAsyncResources();
    }
    return this;
  }

  /** Ends the node: the stage forgets it. */
  public dispose(): void {
    if (this.$$nativeId === 0) return;
    this.#unregister();
    this.#stateStack = [];
    this.$$lease.dispose();
    this.$$nativeId = 0;
  }
}

(Node.prototype as {isClass: boolean}).isClass = true;
