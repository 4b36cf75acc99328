import {unavailable} from './unavailable';

/** There is no canvas here: always throws. */
export function getContext(_options?: unknown, _canvas?: unknown): never {
  return unavailable('getContext', 'draw with nodes (`Line`, `Path`, `Rect`, …) instead of a canvas');
}
