import { Color } from '@revideo/core';
import type { PossibleColor, Signal } from '@revideo/core';
/** A colour property of a node. */
export type ColorSignal<TOwner = void> = Signal<PossibleColor, Color, TOwner>;
/** A colour property; tweens go through LCH. */
export declare function colorSignal(): PropertyDecorator;
