import {Random} from '../scenes/Random';
import {useScene} from './useScene';

/**
 * Motion Canvas: the scene's generator of reproducible random numbers, or a new one for `seed`.
 */
export function useRandom(seed?: number, _fixed = true): Random {
  return seed === undefined ? useScene().random : new Random(seed);
}
