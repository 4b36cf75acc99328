import type { Subscribable } from '../events/EventDispatcherBase';
import type { CanvasLike } from './CanvasLike';
/** A moment in the drawing of a scene. */
export declare enum SceneRenderEvent {
    /** Before the scene is placed: transitions move and fade it here. */
    BeforeRender = 0,
    /** Before the nodes are drawn. */
    BeginRender = 1,
    /** After the nodes have been drawn. */
    FinishRender = 2,
    /** After the scene has been drawn. */
    AfterRender = 3
}
/** Subscriptions to the drawing of a scene; all end when the scene is reset. */
export declare class LifecycleEvents {
    private readonly beforeRender;
    private readonly beginRender;
    private readonly finishRender;
    private readonly afterRender;
    private readonly anyMoment;
    constructor(_scene?: unknown);
    get onBeforeRender(): Subscribable<CanvasLike>;
    get onBeginRender(): Subscribable<CanvasLike>;
    get onFinishRender(): Subscribable<CanvasLike>;
    get onAfterRender(): Subscribable<CanvasLike>;
    /** Every moment, with its name. */
    get onAny(): Subscribable<[SceneRenderEvent, CanvasLike]>;
    /** Calls `callback` at a moment of every drawing. Returns a function that ends this. */
    subscribe(event: SceneRenderEvent, callback: (ctx: CanvasLike) => void): () => void;
    dispatch(event: SceneRenderEvent, ctx: CanvasLike): void;
    /** Whether anybody listens to any of the moments. */
    get isEmpty(): boolean;
    clear(): void;
    private dispatcher;
}
