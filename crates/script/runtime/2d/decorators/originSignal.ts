import {capitalize} from '@revideo/core';
import type {Direction, Origin, PossibleVector2, SignalValue, Vector2} from '@revideo/core';
import {cloneable} from './signal';
import {pointSignal} from './vector2Signal';

/** A box that can be moved by one of its points. */
interface Box {
  $$originPoint(origin: Origin | Direction): Vector2;
  $$moveOrigin(origin: Origin | Direction, value: SignalValue<PossibleVector2>): void;
}

/** A point of the box in the parent's space; setting it moves the box. */
export function originSignal(origin: Origin | Direction): PropertyDecorator {
  return (target: any, key) => {
    const suffix = capitalize(key as string);
    target[`get${suffix}`] = function (this: Box) {
      return this.$$originPoint(origin);
    };
    target[`set${suffix}`] = function (this: Box, value: SignalValue<PossibleVector2>) {
      this.$$moveOrigin(origin, value);
    };
    pointSignal()(target, key);
    cloneable(false)(target, key);
  };
}
