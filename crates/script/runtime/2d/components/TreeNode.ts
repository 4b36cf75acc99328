import {DependencyContext, SignalContext, clamp, isReactive} from '@revideo/core';
import type {SignalValue, SimpleSignal} from '@revideo/core';
import {CHILDREN} from '../native/childrenProperty';
import {Epoch} from '../native/epoch';
import {StageItem} from '../native/stageItem';
import type {StageLink} from '../native/stageLink';
import {ChildrenContext} from './ChildrenContext';
import type {Node} from './Node';
import {childList} from './children';
import type {ComponentChildren} from './children';

/**
 * A node's place in the tree: its parent, its children, and what the stage has not been told yet
 * about layout in it.
 */
export abstract class TreeNode {
  public abstract readonly key: string;
  public abstract readonly $$stageLink: StageLink;
  /** The node's number in the stage; 0 once it has been disposed. */
  public $$nativeId = 0;
  /** Changed layout properties that the stage does not know yet. */
  public $$dirtyLayout: StageItem[] | null = null;
  /** Whether this node or one below has such changes. */
  public $$layoutDirty = false;
  /** Counts the changes of layout in and below this node. */
  public $$layoutVersion = 0;
  public $$childrenQueued = false;

  #parentNode: Node | null = null;
  #parentContext: SignalContext<Node | null, Node | null, void> | null = null;
  #epoch: Epoch | null = null;
  #list: Node[] = [];
  #listGiven = false;
  #childrenContext: ChildrenContext | null = null;
  #childrenSignal: any = null;

  /** This node as what every node is. */
  get #self(): Node {
    return this as unknown as Node;
  }

  /** The node that this one is a child of: a signal. */
  public get parent(): SimpleSignal<Node | null> {
    this.#parentContext ??= new SignalContext<Node | null, Node | null, void>(this.#parentNode);
    return this.#parentContext.toSignal() as SimpleSignal<Node | null>;
  }

  /** The children: read them with a call, replace them with nodes or with a function that makes nodes. */
  public get children(): any {
    if (this.#childrenSignal === null) {
      this.#childrenSignal = (value?: SignalValue<ComponentChildren>) => {
        if (value === undefined) return this.$$readChildren();
        this.setChildren(value);
        return this;
      };
      this.#childrenSignal.context = {
        raw: () => this.#childrenContext?.factory ?? this.#list,
        getter: () => this.$$readChildren(),
        setter: (value: SignalValue<ComponentChildren>) => this.setChildren(value),
      };
      this.#childrenSignal.toPromise = () => this.#self.toPromise();
    }
    return this.#childrenSignal;
  }

  /** @deprecated Use `children`. */
  public get spawner(): any {
    return this.children;
  }

  /** The children without depending on them; reactive ones are not brought up to date. */
  public peekChildren(): readonly Node[] {
    this.#listGiven = true;
    return this.#list;
  }

  /** Appends children. */
  public add(children: ComponentChildren): this {
    return this.insert(children, Infinity);
  }

  /** Puts children before the one at `index`; they leave their former parents. */
  public insert(children: ComponentChildren, index = 0): this {
    const nodes = this.parseChildren(children);
    if (nodes.length === 0) return this;
    for (const node of nodes) this.#refuseCycle(node);
    if (index >= this.#list.length && this.#childrenContext?.factory == null && !nodes.some(node => node.#parentNode === this.#self)) {
      this.#append(nodes);
      return this;
    }
    const before = this.$$readChildren().slice(0, index);
    const after = this.#list.slice(before.length);
    const kept = (node: Node) => !nodes.includes(node);
    this.#replaceChildren([...before.filter(kept), ...nodes, ...after.filter(kept)]);
    return this;
  }

  /** Takes the node out of its parent. A playing sound goes on. */
  public remove(): this {
    const parent = this.#parentNode;
    if (parent === null) return this;
    parent.#replaceChildren(parent.#list.filter(child => child !== this.#self));
    return this;
  }

  /** Takes all children out. */
  public removeChildren(): this {
    this.#replaceChildren([]);
    return this;
  }

  /** Moves the node by places among its siblings; up is towards the front. */
  public move(by = 1): this {
    const parent = this.#parentNode;
    if (parent === null) return this;
    return this.moveTo(parent.#list.indexOf(this.#self) + by);
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
    const parent = this.#parentNode;
    if (parent === null) return this;
    const others = parent.#list.filter(child => child !== this.#self);
    const place = clamp(0, others.length, index);
    parent.#replaceChildren([...others.slice(0, place), this.#self, ...others.slice(place)]);
    return this;
  }

  /** Moves the node behind another, right behind it if `directly`. */
  public moveBelow(node: Node, directly = false): this {
    return this.#moveBeside(node, directly, 0);
  }

  /** Moves the node in front of another, right in front of it if `directly`. */
  public moveAbove(node: Node, directly = false): this {
    return this.#moveBeside(node, directly, 1);
  }

  /** All nodes below that satisfy a predicate, depth first. */
  public findAll<T extends Node>(predicate: (node: any) => node is T): T[];
  public findAll<T extends Node = Node>(predicate: (node: any) => boolean): T[];
  public findAll(predicate: (node: any) => boolean): Node[] {
    const found: Node[] = [];
    const visit = (node: Node) => {
      for (const child of node.$$readChildren()) {
        if (predicate(child)) found.push(child);
        visit(child);
      }
    };
    visit(this.#self);
    return found;
  }

  /** The first node below that satisfies a predicate, depth first. */
  public findFirst<T extends Node>(predicate: (node: any) => node is T): T | null;
  public findFirst<T extends Node = Node>(predicate: (node: any) => boolean): T | null;
  public findFirst(predicate: (node: any) => boolean): Node | null {
    for (const child of this.$$readChildren()) {
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
    for (let node = this.$$readParent(); node !== null; node = node.$$readParent()) {
      if (predicate(node)) return node;
    }
    return null;
  }

  public childAs<T extends Node = Node>(index: number): T | null {
    return (this.$$readChildren()[index] as T | undefined) ?? null;
  }

  public childrenAs<T extends Node = Node>(): T[] {
    return this.$$readChildren() as T[];
  }

  public parentAs<T extends Node = Node>(): T | null {
    return this.$$readParent() as T | null;
  }

  /** The parent; a dependency of whatever is being computed. */
  public $$readParent(): Node | null {
    return DependencyContext.isCollecting() ? this.parent() : this.#parentNode;
  }

  /** The children, brought up to date; a dependency of whatever is being computed. */
  public $$readChildren(): Node[] {
    const context = this.#childrenContext;
    if (context !== null) context.read();
    else if (DependencyContext.isCollecting()) (this.#childrenContext = new ChildrenContext(this)).read();
    this.#listGiven = true;
    return this.#list;
  }

  /** Replaces the children by nodes, or by what a function makes. */
  protected setChildren(value: SignalValue<ComponentChildren>): void {
    if (isReactive(value)) {
      this.#childrenContext ??= new ChildrenContext(this);
      this.#childrenContext.follow(value);
      this.#childrenWatch();
    } else {
      this.#childrenContext?.follow(null);
      this.$$takeChildren(this.parseChildren(value));
    }
  }

  /** Takes the children given to the constructor. */
  protected $$adoptContent(content: SignalValue<ComponentChildren>): void {
    if (isReactive(content)) this.setChildren(content);
    else this.add(content);
  }

  /** The nodes among what was given as children; overridden where strings count. */
  protected parseChildren(children: ComponentChildren): Node[] {
    return childList(children);
  }

  /** Replaces the children for good: a children function is dropped. */
  #replaceChildren(nodes: Node[]): void {
    this.#childrenContext?.follow(null);
    this.$$takeChildren(nodes);
  }

  /** Puts nodes that are not children yet behind the others. */
  #append(nodes: Node[]): void {
    // A list that someone has been given stays as it was.
    if (this.#listGiven) {
      this.#list = this.#list.slice();
      this.#listGiven = false;
    }
    for (const node of nodes) {
      if (node.#parentNode === this.#self) continue;
      if (node.#parentNode !== null) node.remove();
      this.#list.push(node);
      node.#changeParent(this.#self);
    }
    this.#childrenReplaced();
  }

  #childrenReplaced(): void {
    this.$$stageLink.enqueueChildren(this);
    this.$$layoutChanged();
    this.#childrenContext?.changed();
  }

  /** Makes exactly these nodes the children. */
  public $$takeChildren(nodes: Node[]): void {
    const former = this.#list;
    if (nodes.length === former.length && nodes.every((node, index) => node === former[index])) return;
    const staying = new Set(nodes);
    this.#list = [...staying];
    this.#listGiven = false;
    for (const node of former) {
      if (!staying.has(node) && node.#parentNode === this.#self) node.#changeParent(null);
    }
    for (const node of this.#list) {
      if (node.#parentNode === this.#self) continue;
      if (node.#parentNode !== null) node.remove();
      node.#changeParent(this.#self);
    }
    this.#childrenReplaced();
  }

  /** Brings reactive children up to date and takes over what they made. */
  public $$spawn(children: ComponentChildren): void {
    this.$$takeChildren(this.parseChildren(children));
  }

  /** The stage's numbers of the children. */
  public $$nativeChildren(): number[] {
    // One that has been disposed and is still among the children draws nothing.
    return this.#list.map(child => child.$$nativeId).filter(id => id !== 0);
  }

  #childrenWatch(): void {
    new StageItem(this as any, 'children', CHILDREN, null);
  }

  #changeParent(parent: Node | null): void {
    this.#parentNode = parent;
    this.#parentContext?.setter(parent);
    // Changes that wait below have to be found from the new root.
    if (parent !== null && this.$$layoutDirty) parent.$$layoutChanged();
  }

  #refuseCycle(node: Node): void {
    for (let above: Node | null = this.#self; above !== null; above = above.#parentNode) {
      if (above === node) {
        throw new Error(`\`${node.key}\` cannot be added to \`${this.key}\`: it is that node or contains it`);
      }
    }
  }

  #moveBeside(node: Node, directly: boolean, shift: 0 | 1): this {
    const parent = this.#parentNode;
    if (parent === null || node === this.#self) return this;
    if (node.#parentNode !== parent) {
      throw new Error(`\`${this.key}\` cannot be moved beside \`${node.key}\`: they have different parents`);
    }
    const ownIndex = parent.#list.indexOf(this.#self);
    const otherIndex = parent.#list.indexOf(node);
    const there = shift === 1 ? ownIndex > otherIndex : ownIndex < otherIndex;
    if (there && !directly) return this;
    const others = parent.#list.filter(child => child !== this.#self);
    return this.moveTo(others.indexOf(node) + shift);
  }

  /**
   * Notes that boxes in this node may have changed, here and in every node above.
   *
   * `pending` says whether the stage has yet to be told.
   */
  public $$layoutChanged(pending = true): void {
    for (let node: Node | null = this.#self; node !== null; node = node.#parentNode) {
      if (pending) node.$$layoutDirty = true;
      node.$$layoutVersion++;
      node.#epoch?.raise();
    }
  }

  /** Subscribes whatever is being computed to the layout in and below this node. */
  public $$trackLayout(): void {
    if (!DependencyContext.isCollecting()) return;
    this.#epoch ??= new Epoch(this);
    this.#epoch.track();
  }

  /**
   * Tells the stage the pending layout changes of this node and of those laid out with it.
   *
   * `enabled` says whether this node lays out its children.
   */
  public $$flushLayout(enabled: boolean): void {
    if (!this.$$layoutDirty) return;
    this.$$layoutDirty = false;
    const items = this.$$dirtyLayout;
    if (items !== null) {
      this.$$dirtyLayout = null;
      for (const item of items) this.$$stageLink.flushItem(item);
    }
    for (const child of this.#list) child.$$flushInFlow(enabled);
  }

  /** Tells the stage pending changes of the layout mode here and above: they decide who lays out whom. */
  public $$flushModes(): void {
    for (let node: Node | null = this.#self; node !== null; node = node.#parentNode) {
      if (node.$$dirtyLayout === null) continue;
      for (const item of node.$$dirtyLayout) {
        if (item.key === 'layout') this.$$stageLink.flushItem(item);
      }
    }
  }

  /** As `flushLayout`, seen from the parent; a plain node is transparent to layout. */
  protected $$flushInFlow(parentEnabled: boolean): void {
    if (parentEnabled) this.$$flushLayout(true);
  }
}
