import {Affine, DependencyContext, GeneratorScene, useLogger} from '@revideo/core';
import type {AssetInfo, NodeBox, NodeFacts, NodeTrack, FullSceneDescription, Scene, ThreadGeneratorFactory} from '@revideo/core';
import type {Node} from '../components/Node';
import {View2D} from '../components/View2D';
import {canvas} from '../../globals/canvas';
import {blame} from '../native/blame';
import {Part} from '../native/drawing';
import type {Drawn, DrawingContext} from '../partials/drawingContext';
import {StageLink} from '../native/stageLink';
import {nodeBox} from './nodeBox';
import {nodeTracks} from './nodeTracks';
import {nodeTree} from './nodeTree';

/** A node that plays a sound or a moving picture. */
export interface MediaNode extends Node {
  isPlaying(): boolean;
  /** Called before each frame is drawn. */
  $$frameChanged(): void;
  /** What it plays now; `null` where there is nothing to hear. */
  $$assetInfo(): AssetInfo | null;
  /** Videos come first, then sounds. */
  readonly $$mediaOrder: number;
  /** Counts the media nodes as they were made. */
  readonly $$serial: number;
}

/** How many nodes may be made before those that nobody can reach any more are looked for. */
const FEWEST_NODES = 64;

/** A scene of nodes in the plane. */
export class Scene2D extends GeneratorScene<View2D> {
  /** What the stage has not been told yet. */
  public $$stageLink: StageLink = new StageLink();
  #view: View2D | null = null;
  /** The nodes that were given a key; they can be asked for by it. */
  readonly #named = new Map<unknown, Node>();
  /** The others, which nobody need ask for. */
  readonly #unnamed = new Map<string, WeakRef<Node>>();
  #unnamedLimit = FEWEST_NODES;
  readonly #counters: Record<string, number> = {};
  /** The nodes that draw by themselves. */
  readonly #drawing = new Map<number, WeakRef<Node>>();
  /** Those that are just doing so. */
  readonly #busy = new Set<Node>();
  /** The nodes that have drawn by themselves in this frame; null outside of drawing. */
  #drawn: Set<Node> | null = null;
  /** The stage's number of the node that draws by itself at present; 0 for none. */
  #present = 0;
  /** Whether anything lies below or above the nodes. */
  #drawsAround = false;
  /** What of that takes its time. */
  readonly #pending: Promise<void>[] = [];
  /** The media that play. */
  readonly #media = new Set<MediaNode>();

  public constructor(description: FullSceneDescription<ThreadGeneratorFactory<View2D>>) {
    super(description);
  }

  public override getView(): View2D {
    if (this.#view === null) this.#view = this.execute(() => this.#createView());
    return this.#view;
  }

  /** The view, if it has been made. */
  public $$currentView(): View2D | null {
    return this.#view;
  }

  public override $$viewId(): number {
    return this.getView().$$nativeId;
  }

  public override async reset(previous: Scene | null = null): Promise<void> {
    this.#disposeNodes();
    this.getView();
    await super.reset(previous);
  }

  public override $$flush(): void {
    for (const node of this.#media) node.$$frameChanged();
    this.execute(() => {
      this.$$stageLink.flush();
      if (this.#drawing.size === 0) return;
      DependencyContext.untracked(() => this.#drawNodes());
      this.$$stageLink.flush();
    });
  }

  /** What is still being drawn, if anything. */
  public override async $$drawn(): Promise<void> {
    while (this.#pending.length > 0) await Promise.all(this.#pending.splice(0));
    this.#drawn = null;
    this.execute(() => this.$$stageLink.flush());
  }

  /** Whether anything is still being drawn. */
  public override $$isDrawing(): boolean {
    return this.#pending.length > 0;
  }

  /** Has a node draw by itself from now on, if it does. */
  public $$drawsItself(node: Node): void {
    const {content, whole} = node.$$ownDrawing();
    if (content || whole) {
      this.#drawing.set(node.$$nativeId, new WeakRef(node));
    } else if (this.#drawing.delete(node.$$nativeId)) {
      __kinora.record(node.$$nativeId, false, null);
    }
  }

  /** Has a node that is in no view, but drawn by another, draw by itself. */
  public $$drawElsewhere(node: Node): void {
    if (this.#drawing.size === 0 || this.#isSeen(node)) return;
    for (const below of [node, ...node.findAll(() => true)]) {
      const {content, whole} = below.$$ownDrawing();
      if ((content || whole) && !this.#busy.has(below)) this.#drawNode(below);
    }
  }

  /**
   * Has what lies below the nodes and what lies above them drawn, or nothing any more.
   */
  public override $$drawAround(around: readonly ((context: DrawingContext) => void)[] | null): void {
    const view = this.getView();
    if (around === null) {
      if (this.#drawsAround) __kinora.record(view.$$nativeId, true, null);
      this.#drawsAround = false;
      return;
    }
    this.#drawsAround = true;
    const [begin, finish] = around;
    const {NodeContext} = canvas();
    const context = new NodeContext(this.#canvas(), () => new Affine());
    this.execute(() => {
      begin(context);
      context.$$hole(Part.Whole, view);
      finish(context);
    });
    __kinora.record(view.$$nativeId, true, context.$$tape.snapshot());
  }

  #drawNodes(): void {
    this.#drawn = new Set();
    try {
      this.#drawRest();
    } finally {
      if (this.#pending.length === 0) this.#drawn = null;
    }
  }

  /** Draws the nodes that have not been drawn in this frame. */
  #drawRest(): void {
    for (const [id, reference] of this.#drawing) {
      const node = reference.deref();
      if (node === undefined || node.$$nativeId === 0) this.#drawing.delete(id);
      else if (!this.#drawn?.has(node) && !this.#busy.has(node) && this.#isSeen(node)) this.#drawNode(node);
    }
  }

  /** Draws what has not been drawn yet, and gives the node that is being drawn. */
  public $$beforeReading(): number {
    const present = this.#present;
    this.execute(() => {
      this.$$stageLink.flush();
      this.#drawRest();
      this.$$stageLink.flush();
    });
    return present;
  }

  /** Whether a node is in the view and can be seen there. */
  #isSeen(node: Node): boolean {
    let above: Node | null = node;
    for (; above !== null && above !== this.#view; above = above.$$readParent()) {
      if (above.opacity() <= 0) return false;
    }
    return above !== null;
  }

  #drawNode(node: Node): void {
    const {content, whole} = node.$$ownDrawing();
    const before = this.#present;
    this.#drawn?.add(node);
    this.#busy.add(node);
    this.#present = node.$$nativeId;
    try {
      if (content) this.#record(node, false, () => node.localToWorld(), context => node.$$draw(context));
      if (whole) this.#record(node, true, () => node.parentToWorld(), context => node.render(context));
    } finally {
      this.#busy.delete(node);
      this.#present = before;
    }
  }

  /** Notes what a node draws; what takes its time is waited for before the frame is. */
  #record(node: Node, isWhole: boolean, toCanvas: () => Affine, draw: (context: DrawingContext) => Drawn): void {
    const {NodeContext} = canvas();
    const context = new NodeContext(this.#canvas(), toCanvas);
    const end = () => {
      if (node.$$nativeId !== 0) __kinora.record(node.$$nativeId, isWhole, context.$$tape.snapshot());
    };
    const fail = (error: unknown) => {
      throw blame(error, node);
    };
    try {
      const drawn = draw(context);
      if (drawn instanceof Promise) this.#pending.push(drawn.then(end).catch(fail));
      else end();
    } catch (error) {
      fail(error);
    }
  }

  #canvas(): InstanceType<ReturnType<typeof canvas>['FilmCanvas']> {
    const size = this.getSize();
    return new (canvas().FilmCanvas)(size.x * this.resolutionScale, size.y * this.resolutionScale);
  }

  /** Gives a node its key; a key that is taken is an error and replaced by one from the class's name. */
  public registerNode(node: Node, key?: any): [key: string, unregister: () => void] {
    let name = key ?? undefined;
    if (name && this.#isTaken(name)) {
      useLogger().error({
        message: `the key \`${String(name)}\` is used by more than one node`,
        remarks: 'every node of a scene needs a key of its own; leave it out to have one made up',
        stack: new Error().stack,
      });
      name = undefined;
    }
    // Nodes with a key of their own count too: the numbers are the reference's.
    const className = node.constructor?.name ?? 'Node';
    let count = (this.#counters[className] = (this.#counters[className] ?? 0) + 1);
    if (name !== undefined) {
      this.#named.set(name, node);
    } else {
      do name = `${this.name}/${className}[${count++}]`;
      while (this.#isTaken(name));
      if (this.#unnamed.size >= this.#unnamedLimit) this.#sweep();
      this.#unnamed.set(name, new WeakRef(node));
    }
    const unique = name;
    return [
      unique,
      () => {
        this.#named.delete(unique);
        this.#unnamed.delete(unique);
        this.#media.delete(node as MediaNode);
      },
    ];
  }

  /** Has a node asked for what it plays in every frame, or no longer. */
  public $$playMedia(node: MediaNode, isPlaying: boolean): void {
    if (isPlaying) this.#media.add(node);
    else this.#media.delete(node);
  }

  /** The node with a key. */
  public getNode(key: unknown): Node | null {
    return this.#named.get(key) ?? this.#unnamed.get(key as string)?.deref() ?? null;
  }

  /** All nodes that are still there, those taken out of the view included. */
  public *$$getNodes(): Generator<Node> {
    yield* this.#named.values();
    for (const reference of this.#unnamed.values()) {
      const node = reference.deref();
      if (node !== undefined) yield node;
    }
  }

  /** All nodes that are in no other node. */
  public *getDetachedNodes(): Generator<Node> {
    for (const node of this.$$getNodes()) {
      if (node.$$readParent() === null && node !== this.#view) yield node;
    }
  }

  public override getMediaAssets(): AssetInfo[] {
    return this.execute(() =>
      [...this.#media]
        .filter(node => node.isPlaying())
        .sort((a, b) => a.$$mediaOrder - b.$$mediaOrder || a.$$serial - b.$$serial)
        .map(node => node.$$assetInfo())
        .filter(info => info !== null),
    );
  }

  public $$nodeBoxes(): NodeBox[] {
    return this.execute(() => this.getView().findAll(() => true).map(nodeBox));
  }

  public $$nodeTree(): NodeFacts[] {
    return this.execute(() => nodeTree(this.getView()));
  }

  public $$nodeTracks(): NodeTrack[] {
    return this.execute(() => nodeTracks(this.getView()));
  }

  public override stopAllMedia(): void {
    for (const node of [...this.#media]) {
      if (node.isPlaying()) node.dispose();
    }
  }

  /** The nodes of a scene that is over belong to those who still hold them. */
  public override $$leave(): void {
    super.$$leave();
    this.#forget();
  }

  #isTaken(key: unknown): boolean {
    return this.#named.has(key) || this.#unnamed.has(key as string);
  }

  /** Forgets the keys of nodes that are gone. */
  #sweep(): void {
    for (const [key, reference] of this.#unnamed) if (reference.deref() === undefined) this.#unnamed.delete(key);
    this.#unnamedLimit = Math.max(FEWEST_NODES, this.#unnamed.size * 2);
  }

  #createView(): View2D {
    return new View2D({
      key: `${this.name}/__root__`,
      sceneSize: this.getSize(),
      resolutionScale: this.resolutionScale,
    });

  }

  #disposeNodes(): void {
    for (const node of [...this.$$getNodes()]) node.dispose();
    this.$$stageLink.clear();
    this.#forget();
    for (const name of Object.keys(this.#counters)) delete this.#counters[name];
  }

  #forget(): void {
    this.$$stageLink = new StageLink();
    this.#named.clear();
    this.#unnamed.clear();
    this.#media.clear();
    this.#drawing.clear();
    this.#drawsAround = false;
    this.#view = null;
  }
}
