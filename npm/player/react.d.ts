import type {ForwardRefExoticComponent, HTMLAttributes, RefAttributes} from 'react';

import type {KinoraPlayer as Player} from './kinora-player.js';

/** Hears of an event of the player, its `target`. */
type Heard = (event: Event) => void;

/** Events that a player tells, as `HTMLMediaElement` does. */
export type PlayerEvent =
  | 'onLoadStart' | 'onDurationChange' | 'onLoadedMetadata' | 'onLoadedData' | 'onProgress' | 'onCanPlay'
  | 'onCanPlayThrough' | 'onPlay' | 'onPlaying' | 'onPause' | 'onTimeUpdate' | 'onSeeking' | 'onSeeked'
  | 'onWaiting' | 'onStalled' | 'onEnded' | 'onVolumeChange' | 'onRateChange' | 'onEmptied' | 'onError';

export interface KinoraPlayerProps
  extends Omit<HTMLAttributes<Player>, PlayerEvent | 'onResize'>, Partial<Record<PlayerEvent | 'onResize', Heard>> {
  /** The address of a finished file. */
  src?: string;
  /** The address of a job of `kinora serve`. */
  job?: string;
  /** A studio's address. */
  studio?: string;
  poster?: string;
  preload?: 'none' | 'metadata' | 'auto';
  crossOrigin?: 'anonymous' | 'use-credentials';
  autoPlay?: boolean;
  controls?: boolean;
  loop?: boolean;
  muted?: boolean;
  /** CSS pixels. */
  width?: number | string;
  height?: number | string;
  /** Frames a second of a file, so that keys can go by frames. */
  fps?: number;
}

/** `<kinora-player>` as a component; its ref is the element. */
export const KinoraPlayer: ForwardRefExoticComponent<KinoraPlayerProps & RefAttributes<Player>>;
