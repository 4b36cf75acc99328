import type { CanvasLike } from '../scenes/CanvasLike';
/** Calls `callback` before the scene's nodes are drawn. Returns a function that ends this. */
export declare function useContext(callback: (ctx: CanvasLike) => void): () => void;
/** Calls `callback` after the scene's nodes have been drawn. Returns a function that ends this. */
export declare function useContextAfter(callback: (ctx: CanvasLike) => void): () => void;
