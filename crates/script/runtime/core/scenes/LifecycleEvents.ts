import {EventDispatcher} from '../events/EventDispatcher';
import type {Subscribable} from '../events/EventDispatcherBase';
import type {CanvasLike} from './CanvasLike';

/** A moment in the drawing of a scene. */
export enum SceneRenderEvent {
  /** Before the scene is placed: transitions move and fade it here. */
  BeforeRender,
  /** Before the nodes are drawn. */
  BeginRender,
  /** After the nodes have been drawn. */
  FinishRender,
  /** After the scene has been drawn. */
  AfterRender,
}

/** Subscriptions to the drawing of a scene; all end when the scene is reset. */
export class LifecycleEvents {
  private readonly beforeRender = new EventDispatcher<CanvasLike>();
  private readonly beginRender = new EventDispatcher<CanvasLike>();
  private readonly finishRender = new EventDispatcher<CanvasLike>();
  private readonly afterRender = new EventDispatcher<CanvasLike>();
  private readonly anyMoment = new EventDispatcher<[SceneRenderEvent, CanvasLike]>();

  public constructor(_scene?: unknown) {}

  public get onBeforeRender(): Subscribable<CanvasLike> {
    return this.beforeRender.subscribable;
  }

  public get onBeginRender(): Subscribable<CanvasLike> {
    return this.beginRender.subscribable;
  }

  public get onFinishRender(): Subscribable<CanvasLike> {
    return this.finishRender.subscribable;
  }

  public get onAfterRender(): Subscribable<CanvasLike> {
    return this.afterRender.subscribable;
  }

  /** Every moment, with its name. */
  public get onAny(): Subscribable<[SceneRenderEvent, CanvasLike]> {
    return this.anyMoment.subscribable;
  }

  /** Calls `callback` at a moment of every drawing. Returns a function that ends this. */
  public subscribe(event: SceneRenderEvent, callback: (ctx: CanvasLike) => void): () => void {
    return this.dispatcher(event).subscribe(callback);
  }

  public dispatch(event: SceneRenderEvent, ctx: CanvasLike): void {
    this.anyMoment.dispatch([event, ctx]);
    this.dispatcher(event).dispatch(ctx);
  }

  /** Whether anybody listens to any of the moments. */
  public get isEmpty(): boolean {
    return (
      this.beforeRender.$$isEmpty &&
      this.beginRender.$$isEmpty &&
      this.finishRender.$$isEmpty &&
      this.afterRender.$$isEmpty &&
      this.anyMoment.$$isEmpty
    );
  }

  /** Whether anybody draws below or above the nodes. */
  public get $$draws(): boolean {
    return !this.beginRender.$$isEmpty || !this.finishRender.$$isEmpty || !this.anyMoment.$$isEmpty;
  }

  public clear(): void {
    this.beforeRender.clear();
    this.beginRender.clear();
    this.finishRender.clear();
    this.afterRender.clear();
  }

  private dispatcher(event: SceneRenderEvent): EventDispatcher<CanvasLike> {
    switch (event) {
      case SceneRenderEvent.BeforeRender:
        return this.beforeRender;
      case SceneRenderEvent.BeginRender:
        return this.beginRender;
      case SceneRenderEvent.FinishRender:
        return this.finishRender;
      case SceneRenderEvent.AfterRender:
        return this.afterRender;
    }
  }
}
