import { Random } from '../scenes/Random';
/**
 * Motion Canvas: the scene's generator of reproducible random numbers, or a new one for `seed`.
 */
export declare function useRandom(seed?: number, _fixed?: boolean): Random;
