import {Random} from '../scenes/Random';
import {useScene} from './useScene';

/**
 * Motion Canvas: the scene's generator of reproducible random numbers, or a new one for `seed`; a seed
 * that is not `fixed` counts from the scene's own.
 */
export function useRandom(seed?: number, fixed = true): Random {
  const scene = useScene();
  if (seed === undefined) return scene.random;
  return new Random(fixed ? seed : scene.$$seed + seed);
}
