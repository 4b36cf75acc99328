import type {PlaybackStatus} from '../app/PlaybackStatus';

const stack: PlaybackStatus[] = [];

/** How the running scene is being played. */
export function usePlayback(): PlaybackStatus {
  const playback = stack[stack.length - 1];
  if (playback === undefined) {
    throw new Error("there is no playback here: call this from within a scene's generator function");
  }
  return playback;
}

export function startPlayback(playback: PlaybackStatus): void {
  stack.push(playback);
}

export function endPlayback(playback: PlaybackStatus): void {
  if (stack.pop() !== playback) throw new Error('startPlayback and endPlayback must be called in pairs');
}
