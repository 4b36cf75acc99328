import {EffectContext} from './EffectContext';

/** Runs `callback` now and again at once whenever a signal it reads changes. Returns a function that stops it. */
export function createEffect(callback: () => void): () => void {
  const effect = new EffectContext(callback, false);
  return () => effect.dispose();
}

/**
 * Runs `callback` at the end of this frame and of every frame in which a signal it reads has changed.
 * Returns a function that stops it.
 */
export function createDeferredEffect(callback: () => void): () => void {
  const effect = new EffectContext(callback, true);
  return () => effect.dispose();
}
