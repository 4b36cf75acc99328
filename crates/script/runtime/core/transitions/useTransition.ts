import type {CanvasLike} from '../scenes/CanvasLike';
import {SceneRenderEvent} from '../scenes/LifecycleEvents';
import {useScene} from '../utils/useScene';

/**
 * Starts a transition into the running scene: the callbacks place the scenes before each drawing, in
 * pixels of the film. Returns a function that ends the transition.
 */
export function useTransition(
  current: (ctx: CanvasLike) => void,
  previous?: (ctx: CanvasLike) => void,
  previousOnTop: boolean | (() => boolean) = false,
): () => void {
  const scene = useScene();
  const before = scene.previous;
  scene.previousOnTop = previousOnTop;
  const endCurrent = scene.lifecycleEvents.subscribe(SceneRenderEvent.BeforeRender, current);
  const endPrevious =
    previous && before ? before.lifecycleEvents.subscribe(SceneRenderEvent.BeforeRender, previous) : undefined;
  scene.enterInitial();
  return () => {
    scene.enterAfterTransitionIn();
    endCurrent();
    endPrevious?.();
  };
}
