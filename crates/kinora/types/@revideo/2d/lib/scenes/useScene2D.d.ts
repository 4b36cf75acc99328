import type { Scene2D } from './Scene2D';
/** The scene that runs; throws outside of one. */
export declare function useScene2D(): Scene2D;
