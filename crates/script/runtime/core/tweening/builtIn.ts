import type {TimingFunction} from './types';

const known = new WeakSet<TimingFunction>();

/** Declares a timing function to be one of ours: calling it changes nothing, and it never fails. */
export function builtIn(curve: TimingFunction): TimingFunction {
  known.add(curve);
  return curve;
}

/** Whether a timing function is one of ours. */
export function isBuiltIn(curve: TimingFunction): boolean {
  return known.has(curve);
}
