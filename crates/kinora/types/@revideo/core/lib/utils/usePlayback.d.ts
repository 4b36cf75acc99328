import type { PlaybackStatus } from '../app/PlaybackStatus';
/** How the running scene is being played. */
export declare function usePlayback(): PlaybackStatus;
export declare function startPlayback(playback: PlaybackStatus): void;
export declare function endPlayback(playback: PlaybackStatus): void;
