import type {CanvasLike} from '../scenes/CanvasLike';
import {SceneRenderEvent} from '../scenes/LifecycleEvents';
import {useScene} from './useScene';

/** Calls `callback` before the scene's nodes are drawn. Returns a function that ends this. */
export function useContext(callback: (ctx: CanvasLike) => void): () => void {
  return useScene().lifecycleEvents.subscribe(SceneRenderEvent.BeginRender, callback);
}

/** Calls `callback` after the scene's nodes have been drawn. Returns a function that ends this. */
export function useContextAfter(callback: (ctx: CanvasLike) => void): () => void {
  return useScene().lifecycleEvents.subscribe(SceneRenderEvent.FinishRender, callback);
}
