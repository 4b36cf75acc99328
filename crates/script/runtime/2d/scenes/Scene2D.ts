import {GeneratorScene, useLogger} from '@revideo/core';
import type {AssetInfo, NodeBox, FullSceneDescription, Scene, ThreadGeneratorFactory} from '@revideo/core';
import type {Node} from '../components/Node';
import {View2D} from '../components/View2D';
import {StageLink} from '../native/stageLink';
import {nodeBox} from './nodeBox';

/** A node that plays a sound or a moving picture. */
export interface MediaNode extends Node {
  isPlaying(): boolean;
  /** Called before each frame is drawn. */
  $$frameChanged(): void;
  /** What it plays now; `null` where there is nothing to hear. */
  $$assetInfo(): AssetInfo | null;
  /** Videos come first, then sounds. */
  readonly $$mediaOrder: number;
}

/** A scene of nodes in the plane. */
export class Scene2D extends GeneratorScene<View2D> {
  /** What the stage has not been told yet. */
  public $$stageLink = new StageLink();
  #view: View2D | null = null;
  readonly #nodes = new Map<string, Node>();
  readonly #counters: Record<string, number> = {};
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
    this.execute(() => this.$$stageLink.flush());
  }

  /** Gives a node its key; a key that is taken is an error and replaced by one from the class's name. */
  public registerNode(node: Node, key?: string): [key: string, unregister: () => void] {
    let name = key;
    if (name !== undefined && this.#nodes.has(name)) {
      useLogger().error({
        message: `the key \`${name}\` is used by more than one node`,
        remarks: 'every node of a scene needs a key of its own; leave it out to have one made up',
        stack: new Error().stack,
      });
      name = undefined;
    }
    // Nodes with a key of their own count too: the numbers are the reference's.
    const className = node.constructor?.name ?? 'Node';
    let count = (this.#counters[className] = (this.#counters[className] ?? 0) + 1);
    if (name === undefined) {
      do name = `${this.name}/${className}[${count++}]`;
      while (this.#nodes.has(name));
    }
    const unique = name;
    this.#nodes.set(unique, node);
    return [
      unique,
      () => {
        this.#nodes.delete(unique);
        this.#media.delete(node as MediaNode);
      },
    ];
  }

  /** Has a node asked for what it plays in every frame. */
  public $$registerMedia(node: MediaNode): void {
    this.#media.add(node);
  }

  /** The node with a key. */
  public getNode(key: unknown): Node | null {
    return typeof key === 'string' ? (this.#nodes.get(key) ?? null) : null;
  }

  /** All nodes, those taken out of the view included. */
  public $$getNodes(): IterableIterator<Node> {
    return this.#nodes.values();
  }

  /** All nodes that are in no other node. */
  public *getDetachedNodes(): Generator<Node> {
    for (const node of this.#nodes.values()) {
      if (node.$$readParent() === null && node !== this.#view) yield node;
    }
  }

  public override getMediaAssets(): AssetInfo[] {
    return this.execute(() =>
      [...this.#media]
        .filter(node => node.isPlaying())
        .sort((a, b) => a.$$mediaOrder - b.$$mediaOrder)
        .map(node => node.$$assetInfo())
        .filter(info => info !== null),
    );
  }

  public $$nodeBoxes(): NodeBox[] {
    return this.execute(() => this.getView().findAll(() => true).map(nodeBox));
  }

  public override stopAllMedia(): void {
    for (const node of [...this.#media]) {
      if (node.isPlaying()) node.dispose();
    }
  }

  #createView(): View2D {
    return new View2D({
      key: `${this.name}/__root__`,
      sceneSize: this.getSize(),
      resolutionScale: this.resolutionScale,
    });

  }

  #disposeNodes(): void {
    for (const node of [...this.#nodes.values()]) node.dispose();
    this.$$stageLink.clear();
    this.$$stageLink = new StageLink();
    this.#nodes.clear();
    this.#media.clear();
    for (const name of Object.keys(this.#counters)) delete this.#counters[name];
    this.#view = null;
  }
}
