import {
  Affine,
  BBox,
  DependencyContext,
  SignalContext,
  Vector2,
  all,
  clamp,
  easeInOutCubic,
  isReactive,
  transformAngle,
  transformVectorAsPoint,
  unwrap,
} from '@revideo/core';
import type {
  ColorSignal,
  PossibleColor,
  PossibleSpacing,
  PossibleVector2,
  Promisable,
  ReferenceReceiver,
  SignalValue,
  SimpleSignal,
  SpacingSignal,
  ThreadGenerator,
  TimingFunction,
  Vector2Signal,
} from '@revideo/core';
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
import {Epoch} from '../native/epoch';
import {nodeKind} from '../native/nodeKind';
import {refuseDrawing} from '../native/refuseDrawing';
import {StageItem, watchDerived} from '../native/stageItem';
import type {StageLink} from '../native/stageLink';
import type {Filter} from '../partials/filter';
import {useScene2D} from '../scenes/useScene2D';
import type {Scene2D} from '../scenes/Scene2D';
import type {View2D} from './View2D';
import {CHILDREN, childList} from './children';
import type {ComponentChild, ComponentChildren} from './children';

/** The values of a node's properties by name. */
export type NodeState = Record<string, any>;

export interface NodeProps {
  ref?: ReferenceReceiver<any>;
  children?: SignalValue<ComponentChildren>;
  /** @deprecated Use `children`. */
  spawner?: SignalValue<ComponentChildren>;
  key?: string;
  x?: SignalValue<number>;
  y?: SignalValue<number>;
  position?: SignalValue<PossibleVector2>;
  rotation?: SignalValue<number>;
  scaleX?: SignalValue<number>;
  scaleY?: SignalValue<number>;
  scale?: SignalValue<PossibleVector2>;
  skewX?: SignalValue<number>;
  skewY?: SignalValue<number>;
  skew?: SignalValue<PossibleVector2>;
  zIndex?: SignalValue<number>;
  opacity?: SignalValue<number>;
  filters?: SignalValue<Filter[]>;
  shadowColor?: SignalValue<PossibleColor>;
  shadowBlur?: SignalValue<number>;
  shadowOffsetX?: SignalValue<number>;
  shadowOffsetY?: SignalValue<number>;
  shadowOffset?: SignalValue<PossibleVector2>;
  cache?: SignalValue<boolean>;
  cachePadding?: SignalValue<PossibleSpacing>;
  cachePaddingTop?: SignalValue<number>;
  cachePaddingBottom?: SignalValue<number>;
  cachePaddingLeft?: SignalValue<number>;
  cachePaddingRight?: SignalValue<number>;
  composite?: SignalValue<boolean>;
  compositeOperation?: SignalValue<string>;
  /** Not drawn. */
  shaders?: unknown;
}

/**
 * What a scene is made of: a place in the tree with position, rotation, scale, opacity and effects.
 *
 * A node tells the stage only what differs from the defaults, and only once it has changed.
 */
@nodeName('Node')
@nodeKind('node')
export class Node implements Promisable<Node> {
  /** The kind of node that the stage draws. */
  declare public readonly nativeKind: string;
  /** The table of its stage properties. */
  declare public readonly stageTable: string;
  /** The kind of the stage node that draws the outline apart from the box, if there is one. */
  declare public readonly innerKind: string | undefined;
  /** Tells JSX that this is a class component. */
  declare public readonly isClass: boolean;
  /** The node's number in the stage; 0 once it has been disposed. */
  public nativeId = 0;
  /** The number of the stage node that draws the outline apart from the box; 0 if there is none. */
  public innerId = 0;
  public readonly key: string;
  public readonly stageLink: StageLink;
  /** Changed layout properties that the stage does not know yet. */
  public dirtyLayout: StageItem[] | null = null;
  /** Whether this node or one below has such changes. */
  public layoutDirty = false;
  /** Counts the changes of layout in and below this node. */
  public layoutVersion = 0;
  public childrenQueued = false;

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
  @parser((value: number) => clamp(0, 1, value))
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

  private readonly ownView: View2D | null;
  private readonly scene: Scene2D;
  private readonly unregister: () => void;
  private parentNode: Node | null = null;
  private parentContext: SignalContext<Node | null, Node | null, void> | null = null;
  private epoch: Epoch | null = null;
  private list: Node[] = [];
  private childrenContext: ChildrenContext | null = null;
  private childrenSignal: any = null;
  private stateStack: NodeState[] = [];

  public constructor(props: NodeProps = {}) {
    const {children, spawner, key, ref: _ref, ...rest} = props;
    refuseDrawing(this);
    this.scene = useScene2D();
    [this.key, this.unregister] = this.scene.registerNode(this, key);
    this.stageLink = this.scene.stageLink;
    this.ownView = this.scene.currentView();
    this.nativeId = __kinora.create(this.nativeKind, this.stageLink.viewId, this.key);
    if (this.innerKind !== undefined) {
      this.innerId = __kinora.create(this.innerKind, this.stageLink.viewId, this.key);
      __kinora.write([this.innerId, 'layout', false]);
      this.stageLink.enqueueChildren(this);
    }
    watchDerived(this);
    initializeSignals(this, rest);
    for (const property of customDefaults(Object.getPrototypeOf(this), this.stageTable)) {
      void (this as any)[property];
    }
    const content = children ?? spawner;
    if (content !== undefined) this.adoptContent(content);
  }

  /** The horizontal part of the position. */
  public get x(): SimpleSignal<number, this> {
    return this.position.x as SimpleSignal<number, this>;
  }

  /** The vertical part of the position. */
  public get y(): SimpleSignal<number, this> {
    return this.position.y as SimpleSignal<number, this>;
  }

  // -- the tree ------------------------------------------------------------------------------

  /** The node that this one is a child of: a signal. */
  public get parent(): SimpleSignal<Node | null> {
    this.parentContext ??= new SignalContext<Node | null, Node | null, void>(this.parentNode);
    return this.parentContext.toSignal() as SimpleSignal<Node | null>;
  }

  /** The children: read them with a call, replace them with nodes or with a function that makes nodes. */
  public get children(): any {
    if (this.childrenSignal === null) {
      this.childrenSignal = (value?: SignalValue<ComponentChildren>) => {
        if (value === undefined) return this.readChildren();
        this.setChildren(value);
        return this;
      };
      this.childrenSignal.context = {
        raw: () => this.childrenContext?.factory ?? this.list,
        getter: () => this.readChildren(),
        setter: (value: SignalValue<ComponentChildren>) => this.setChildren(value),
      };
      this.childrenSignal.toPromise = () => this.toPromise();
    }
    return this.childrenSignal;
  }

  /** @deprecated Use `children`. */
  public get spawner(): any {
    return this.children;
  }

  /** The children without depending on them; reactive ones are not brought up to date. */
  public peekChildren(): readonly Node[] {
    return this.list;
  }

  /** The scene's root. */
  public view(): View2D {
    return this.ownView ?? (this as unknown as View2D);
  }

  /** Appends children. */
  public add(children: ComponentChildren): this {
    return this.insert(children, Infinity);
  }

  /** Puts children before the one at `index`; they leave their former parents. */
  public insert(children: ComponentChildren, index = 0): this {
    const nodes = this.parseChildren(children);
    if (nodes.length === 0) return this;
    for (const node of nodes) this.refuseCycle(node);
    const before = this.readChildren().slice(0, index);
    const after = this.list.slice(before.length);
    const kept = (node: Node) => !nodes.includes(node);
    this.replaceChildren([...before.filter(kept), ...nodes, ...after.filter(kept)]);
    return this;
  }

  /** Takes the node out of its parent. A playing sound goes on. */
  public remove(): this {
    const parent = this.parentNode;
    if (parent === null) return this;
    parent.replaceChildren(parent.list.filter(child => child !== this));
    return this;
  }

  /** Takes all children out. */
  public removeChildren(): this {
    this.replaceChildren([]);
    return this;
  }

  /** Moves the node by places among its siblings; up is towards the front. */
  public move(by = 1): this {
    const parent = this.parentNode;
    if (parent === null) return this;
    return this.moveTo(parent.list.indexOf(this) + by);
  }

  public moveUp(): this {
    return this.move(1);
  }

  public moveDown(): this {
    return this.move(-1);
  }

  public moveToTop(): this {
    return this.moveTo(Infinity);
  }

  public moveToBottom(): this {
    return this.moveTo(0);
  }

  /** Moves the node to a place among its siblings. */
  public moveTo(index: number): this {
    const parent = this.parentNode;
    if (parent === null) return this;
    const others = parent.list.filter(child => child !== this);
    const place = clamp(0, others.length, index);
    parent.replaceChildren([...others.slice(0, place), this, ...others.slice(place)]);
    return this;
  }

  /** Moves the node behind another, right behind it if `directly`. */
  public moveBelow(node: Node, directly = false): this {
    return this.moveBeside(node, directly, 0);
  }

  /** Moves the node in front of another, right in front of it if `directly`. */
  public moveAbove(node: Node, directly = false): this {
    return this.moveBeside(node, directly, 1);
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

  /** All nodes below that satisfy a predicate, depth first. */
  public findAll<T extends Node>(predicate: (node: any) => node is T): T[];
  public findAll<T extends Node = Node>(predicate: (node: any) => boolean): T[];
  public findAll(predicate: (node: any) => boolean): Node[] {
    const found: Node[] = [];
    const visit = (node: Node) => {
      for (const child of node.readChildren()) {
        if (predicate(child)) found.push(child);
        visit(child);
      }
    };
    visit(this);
    return found;
  }

  /** The first node below that satisfies a predicate, depth first. */
  public findFirst<T extends Node>(predicate: (node: any) => node is T): T | null;
  public findFirst<T extends Node = Node>(predicate: (node: any) => boolean): T | null;
  public findFirst(predicate: (node: any) => boolean): Node | null {
    for (const child of this.readChildren()) {
      if (predicate(child)) return child;
      const below = child.findFirst(predicate);
      if (below !== null) return below;
    }
    return null;
  }

  /** The last node below that satisfies a predicate, depth first. */
  public findLast<T extends Node>(predicate: (node: any) => node is T): T | null;
  public findLast<T extends Node = Node>(predicate: (node: any) => boolean): T | null;
  public findLast(predicate: (node: any) => boolean): Node | null {
    const found = this.findAll(predicate);
    return found[found.length - 1] ?? null;
  }

  /** The nearest node above that satisfies a predicate. */
  public findAncestor<T extends Node>(predicate: (node: any) => node is T): T | null;
  public findAncestor<T extends Node = Node>(predicate: (node: any) => boolean): T | null;
  public findAncestor(predicate: (node: any) => boolean): Node | null {
    for (let node = this.readParent(); node !== null; node = node.readParent()) {
      if (predicate(node)) return node;
    }
    return null;
  }

  public childAs<T extends Node = Node>(index: number): T | null {
    return (this.readChildren()[index] as T | undefined) ?? null;
  }

  public childrenAs<T extends Node = Node>(): T[] {
    return this.readChildren() as T[];
  }

  public parentAs<T extends Node = Node>(): T | null {
    return this.readParent() as T | null;
  }

  /** The parent; a dependency of whatever is being computed. */
  public readParent(): Node | null {
    return DependencyContext.isCollecting() ? this.parent() : this.parentNode;
  }

  /** The children, brought up to date; a dependency of whatever is being computed. */
  public readChildren(): Node[] {
    const context = this.childrenContext;
    if (context !== null) context.read();
    else if (DependencyContext.isCollecting()) (this.childrenContext = new ChildrenContext(this)).read();
    return this.list;
  }

  /** Replaces the children by nodes, or by what a function makes. */
  protected setChildren(value: SignalValue<ComponentChildren>): void {
    if (isReactive(value)) {
      this.childrenContext ??= new ChildrenContext(this);
      this.childrenContext.follow(value);
      this.childrenWatch();
    } else {
      this.childrenContext?.follow(null);
      this.takeChildren(this.parseChildren(value));
    }
  }

  /** Takes the children given to the constructor. */
  protected adoptContent(content: SignalValue<ComponentChildren>): void {
    if (isReactive(content)) this.setChildren(content);
    else this.add(content);
  }

  /** The nodes among what was given as children; overridden where strings count. */
  protected parseChildren(children: ComponentChildren): Node[] {
    return childList(children);
  }

  /** Replaces the children for good: a children function is dropped. */
  private replaceChildren(nodes: Node[]): void {
    this.childrenContext?.follow(null);
    this.takeChildren(nodes);
  }

  /** Makes exactly these nodes the children. */
  public takeChildren(nodes: Node[]): void {
    const former = this.list;
    if (nodes.length === former.length && nodes.every((node, index) => node === former[index])) return;
    const staying = new Set(nodes);
    this.list = [...staying];
    for (const node of former) {
      if (!staying.has(node) && node.parentNode === this) node.changeParent(null);
    }
    for (const node of this.list) {
      if (node.parentNode === this) continue;
      if (node.parentNode !== null) node.remove();
      node.changeParent(this);
    }
    this.stageLink.enqueueChildren(this);
    this.layoutChanged();
    this.childrenContext?.changed();
  }

  /** Brings reactive children up to date and takes over what they made. */
  public spawn(children: ComponentChildren): void {
    this.takeChildren(this.parseChildren(children));
  }

  /** The stage's numbers of the children. */
  public nativeChildren(): number[] {
    const ids = this.list.map(child => child.nativeId);
    return this.innerId === 0 ? ids : [this.innerId, ...ids];
  }

  private childrenWatch(): void {
    new StageItem(this as any, 'children', CHILDREN, null);
  }

  private changeParent(parent: Node | null): void {
    this.parentNode = parent;
    this.parentContext?.setter(parent);
    // Changes that wait below have to be found from the new root.
    if (parent !== null && this.layoutDirty) parent.layoutChanged();
  }

  private refuseCycle(node: Node): void {
    for (let above: Node | null = this; above !== null; above = above.parentNode) {
      if (above === node) {
        throw new Error(`\`${node.key}\` cannot be added to \`${this.key}\`: it is that node or contains it`);
      }
    }
  }

  private moveBeside(node: Node, directly: boolean, shift: 0 | 1): this {
    const parent = this.parentNode;
    if (parent === null || node === this) return this;
    if (node.parentNode !== parent) {
      throw new Error(`\`${this.key}\` cannot be moved beside \`${node.key}\`: they have different parents`);
    }
    const ownIndex = parent.list.indexOf(this);
    const otherIndex = parent.list.indexOf(node);
    const there = shift === 1 ? ownIndex > otherIndex : ownIndex < otherIndex;
    if (there && !directly) return this;
    const others = parent.list.filter(child => child !== this);
    return this.moveTo(others.indexOf(node) + shift);
  }

  // -- layout and the stage ------------------------------------------------------------------

  /**
   * Notes that boxes in this node may have changed, here and in every node above.
   *
   * `pending` says whether the stage has yet to be told.
   */
  public layoutChanged(pending = true): void {
    for (let node: Node | null = this; node !== null; node = node.parentNode) {
      if (pending) node.layoutDirty = true;
      node.layoutVersion++;
      node.epoch?.raise();
    }
  }

  /** Subscribes whatever is being computed to the layout in and below this node. */
  public trackLayout(): void {
    if (!DependencyContext.isCollecting()) return;
    this.epoch ??= new Epoch(this);
    this.epoch.track();
  }

  /** Whether the stage must be told a property even at its default. */
  public writesDefault(key: string): boolean {
    return customDefaults(Object.getPrototypeOf(this), this.stageTable).has(key);
  }

  /**
   * Tells the stage the pending layout changes of this node and of those laid out with it.
   *
   * `enabled` says whether this node lays out its children.
   */
  public flushLayout(enabled: boolean): void {
    if (!this.layoutDirty) return;
    this.layoutDirty = false;
    const items = this.dirtyLayout;
    if (items !== null) {
      this.dirtyLayout = null;
      for (const item of items) this.stageLink.flushItem(item);
    }
    for (const child of this.list) child.flushInFlow(enabled);
  }

  /** Tells the stage pending changes of the layout mode here and above: they decide who lays out whom. */
  public flushModes(): void {
    for (let node: Node | null = this; node !== null; node = node.parentNode) {
      if (node.dirtyLayout === null) continue;
      for (const item of node.dirtyLayout) {
        if (item.key === 'layout') this.stageLink.flushItem(item);
      }
    }
  }

  /** As `flushLayout`, seen from the parent; a plain node is transparent to layout. */
  protected flushInFlow(parentEnabled: boolean): void {
    if (parentEnabled) this.flushLayout(true);
  }

  // -- transforms ----------------------------------------------------------------------------

  /** This node's space to its parent's. */
  @computed()
  public localToParent(): Affine {
    const matrix = this.linear();
    matrix.e = this.position.x();
    matrix.f = this.position.y();
    return this.shiftOrigin(matrix);
  }

  /** This node's space to the canvas. */
  @computed()
  public localToWorld(): Affine {
    const parent = this.readParent();
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
    return this.readParent()?.localToWorld() ?? new Affine();
  }

  /** The space of the nearest composite root (this node or one above) to the canvas. */
  @computed()
  public compositeToWorld(): Affine {
    return this.compositeRoot()?.localToWorld() ?? new Affine();
  }

  /** The nearest composite root: this node or one above. */
  public compositeRoot(): Node | null {
    return this.composite() ? this : (this.readParent()?.compositeRoot() ?? null);
  }

  /** This node's space to that of the nearest composite root. */
  @computed()
  public compositeToLocal(): Affine {
    const root = this.compositeRoot();
    return root === null ? new Affine() : this.worldToLocal().multiply(root.localToWorld());
  }

  /** Rotation, scale and skew. */
  protected linear(): Affine {
    const scale = this.scale();
    const matrix = new Affine().rotateSelf(this.rotation()).scaleSelf(scale.x, scale.y);
    if (isMaterialised(this, 'skew')) matrix.skewXSelf(this.skew.x()).skewYSelf(this.skew.y());
    return matrix;
  }

  /** Moves the origin from the point that `position` names to the middle of the node. */
  protected shiftOrigin(matrix: Affine): Affine {
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
    const toParent = (world: PossibleVector2) => this.toParentScale(new Vector2(world));
    this.scale(isReactive(value) ? () => toParent(value()) : toParent(value));
  }

  private toParentScale(scale: Vector2): Vector2 {
    const matrix = this.worldToParent();
    return new Vector2(
      Vector2.magnitude(matrix.m11, matrix.m12) * scale.x,
      Vector2.magnitude(matrix.m21, matrix.m22) * scale.y,
    );
  }

  /** The product of this node's opacity and those above. */
  @computed()
  public absoluteOpacity(): number {
    return (this.readParent()?.absoluteOpacity() ?? 1) * this.opacity();
  }

  /** The box around what this node itself draws, in its own space. */
  protected getCacheBBox(): BBox {
    return new BBox();
  }

  /** The box around this node and all below, in its own space. */
  @computed()
  public cacheBBox(): BBox {
    const corners: Vector2[] = this.getCacheBBox().corners;
    for (const child of this.readChildren()) {
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
    const children = [...this.readChildren()].sort((a, b) => a.zIndex() - b.zIndex());
    for (let index = children.length - 1; index >= 0; index--) {
      const hit = children[index].hit(position);
      if (hit !== null) return hit;
    }
    const box = this.getCacheBBox();
    return box.width > 0 && box.height > 0 && box.includes(local) ? this : null;
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
    return this.instantiate(this.withChildren(state, child => child.clone()));
  }

  /** A copy with the present values. */
  public snapshotClone(props: NodeState = {}): this {
    const state = {...this.getState(), ...props};
    return this.instantiate(this.withChildren(state, child => child.snapshotClone()));
  }

  /** A copy whose properties follow this node's. */
  public reactiveClone(props: NodeState = {}): this {
    const state: NodeState = {...props};
    for (const {key, meta, signal: source} of this) {
      if (meta.cloneable && !(key in state)) state[key] = () => source();
    }
    return this.instantiate(this.withChildren(state, child => child.reactiveClone()));
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
    if (duration !== undefined) return this.tweenState(state, duration, timing);
    for (const key of Object.keys(state)) {
      const target = this.stateSignal(key);
      if (target) target(state[key]);
    }
  }

  /** Puts the present state on a stack. */
  public save(): void {
    this.stateStack.push(this.getState());
  }

  /** Goes back to the state on top of the stack, at once or by tweens. */
  public restore(): void;
  public restore(duration: number, timing?: TimingFunction): ThreadGenerator;
  public restore(duration?: number, timing: TimingFunction = easeInOutCubic): ThreadGenerator | void {
    const state = this.stateStack.pop();
    if (state !== undefined) return duration === undefined ? this.applyState(state) : this.tweenState(state, duration, timing);
    if (duration !== undefined) return this.tweenState({}, 0, timing);
  }

  private *tweenState(state: NodeState, duration: number, timing: TimingFunction): ThreadGenerator {
    const tasks: ThreadGenerator[] = [];
    for (const key of Object.keys(state)) {
      const target = this.stateSignal(key);
      if (target && state[key] !== target.context.raw()) tasks.push(target(state[key], duration, timing));
    }
    yield* all(...tasks);
  }

  private stateSignal(key: string): any {
    return key in getPropertiesOf(this) ? (this as any)[key] : undefined;
  }

  private withChildren(state: NodeState, copy: (child: Node) => Node): NodeState {
    if (state.children === undefined && this.readChildren().length > 0) {
      state.children = this.list.map(copy);
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
    for (const child of this.readChildren()) child.collectAsyncResources();
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
    if (this.nativeId === 0) return;
    this.unregister();
    this.stateStack = [];
    __kinora.dispose(this.nativeId);
    if (this.innerId !== 0) __kinora.dispose(this.innerId);
    this.nativeId = this.innerId = 0;
  }
}

(Node.prototype as {isClass: boolean}).isClass = true;

/** Lets computations depend on a node's children, and spawns them from a function. */
class ChildrenContext extends DependencyContext<Node> {
  /** Makes the children, if they are reactive. */
  public factory: (() => ComponentChildren) | null = null;
  private stale = false;

  public constructor(private readonly node: Node) {
    super(node);
  }

  /** Sets or drops the function that makes the children. */
  public follow(factory: (() => ComponentChildren) | null): void {
    if (factory === null && this.factory === null) return;
    this.factory = factory;
    this.stale = factory !== null;
    this.clearDependencies();
    this.notify();
  }

  /** Brings the children up to date and subscribes whatever is being computed. */
  public read(): void {
    if (this.stale && this.factory !== null) {
      this.stale = false;
      let made: ComponentChildren;
      this.startCollecting();
      try {
        made = this.factory();
      } finally {
        this.finishCollecting();
      }
      DependencyContext.untracked(() => this.node.spawn(made));
    }
    this.collect();
  }

  /** The list has been replaced. */
  public changed(): void {
    this.notify();
  }

  public override markDirty(): void {
    if (this.stale) return;
    this.stale = true;
    this.notify();
  }
}

