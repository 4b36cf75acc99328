import {useScene} from '../utils/useScene';

/** Lets the next scene begin while this one goes on. */
export function finishScene(): void {
  useScene().enterCanTransitionOut();
}
