import type { CanvasLike } from '../scenes/CanvasLike';
/**
 * Starts a transition into the running scene: the callbacks place the scenes before each drawing, in
 * pixels of the film. Returns a function that ends the transition.
 */
export declare function useTransition(current: (ctx: CanvasLike) => void, previous?: (ctx: CanvasLike) => void, previousOnTop?: boolean | (() => boolean)): () => void;
