/** Runs `callback` now and again at once whenever a signal it reads changes. Returns a function that stops it. */
export declare function createEffect(callback: () => void): () => void;
/**
 * Runs `callback` at the end of this frame and of every frame in which a signal it reads has changed.
 * Returns a function that stops it.
 */
export declare function createDeferredEffect(callback: () => void): () => void;
