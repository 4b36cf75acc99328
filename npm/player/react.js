'use client';

import {createElement, forwardRef, useEffect, useImperativeHandle, useRef} from 'react';

import './kinora-player.js';

const EVENTS = [
  'LoadStart', 'DurationChange', 'LoadedMetadata', 'LoadedData', 'Progress', 'CanPlay', 'CanPlayThrough', 'Play',
  'Playing', 'Pause', 'TimeUpdate', 'Seeking', 'Seeked', 'Waiting', 'Stalled', 'Ended', 'VolumeChange', 'RateChange',
  'Resize', 'Emptied', 'Error',
];
const HANDLERS = new Set(EVENTS.map(name => `on${name}`));

/** `<kinora-player>` as a component; its ref is the element. */
export const KinoraPlayer = forwardRef(function KinoraPlayer({autoPlay, className, crossOrigin, muted, ...props}, ref) {
  const element = useRef(null);
  const handlers = useRef(props);
  handlers.current = props;
  useImperativeHandle(ref, () => element.current, []);
  // React's own events are not those of elements that it does not know.
  useEffect(() => {
    const target = element.current;
    const hear = EVENTS.map(name => [name.toLowerCase(), event => handlers.current[`on${name}`]?.(event)]);
    for (const [name, work] of hear) target.addEventListener(name, work);
    return () => {
      for (const [name, work] of hear) target.removeEventListener(name, work);
    };
  }, []);
  // The attribute only says how it begins.
  useEffect(() => {
    element.current.muted = Boolean(muted);
  }, [muted]);
  const attributes = {class: className, autoplay: autoPlay, crossorigin: crossOrigin, muted, ...props};
  for (const [name, value] of Object.entries(attributes)) {
    if (HANDLERS.has(name) || value === false) attributes[name] = undefined;
  }
  return createElement('kinora-player', {...attributes, ref: element});
});
