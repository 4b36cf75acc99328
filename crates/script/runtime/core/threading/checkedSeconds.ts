import {useLogger} from '../utils/useScene';

/** The length of a task; what is no number counts as 0, with a warning, so that clocks stay numbers. */
export function checkedSeconds(seconds: number, task: string): number {
  if (typeof seconds === 'number' && seconds === seconds) return seconds;
  useLogger().warn({
    message: `${task} was given \`${String(seconds)}\` for its length in seconds; 0 is used`,
    stack: new Error().stack,
  });
  return 0;
}
