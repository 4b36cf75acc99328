import { GeneratorScene } from '@revideo/core';
import type { AssetInfo, NodeBox, FullSceneDescription, Scene, ThreadGeneratorFactory } from '@revideo/core';
import type { Node } from '../components/Node';
import { View2D } from '../components/View2D';
import { StageLink } from '../native/stageLink';
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
export declare class Scene2D extends GeneratorScene<View2D> {
    #private;
    /** What the stage has not been told yet. */
    $$stageLink: StageLink;
    constructor(description: FullSceneDescription<ThreadGeneratorFactory<View2D>>);
    getView(): View2D;
    /** The view, if it has been made. */
    $$currentView(): View2D | null;
    $$viewId(): number;
    reset(previous?: Scene | null): Promise<void>;
    $$flush(): void;
    /** Gives a node its key; a key that is taken is an error and replaced by one from the class's name. */
    registerNode(node: Node, key?: string): [key: string, unregister: () => void];
    /** Has a node asked for what it plays in every frame. */
    $$registerMedia(node: MediaNode): void;
    /** The node with a key. */
    getNode(key: unknown): Node | null;
    /** All nodes, those taken out of the view included. */
    $$getNodes(): IterableIterator<Node>;
    /** All nodes that are in no other node. */
    getDetachedNodes(): Generator<Node>;
    getMediaAssets(): AssetInfo[];
    $$nodeBoxes(): NodeBox[];
    stopAllMedia(): void;
}
