import {Color} from '@revideo/core';
import type {PossibleColor, Signal} from '@revideo/core';
import {signal, wrapper} from './signal';

/** A colour property of a node. */
export type ColorSignal<TOwner = void> = Signal<PossibleColor, Color, TOwner>;

/** A colour property; tweens go through LCH. */
export function colorSignal(): PropertyDecorator {
  return (target, key) => {
    wrapper(Color as any)(target, key);
    signal()(target, key);
  };
}
