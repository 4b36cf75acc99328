import { Random } from '../scenes/Random';
/**
 * Motion Canvas: the scene's generator of reproducible random numbers, or a new one for `seed`; a seed
 * that is not `fixed` counts from the scene's own.
 */
export declare function useRandom(seed?: number, fixed?: boolean): Random;
