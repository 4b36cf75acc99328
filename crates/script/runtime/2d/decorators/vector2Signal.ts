import {Vector2} from '@revideo/core';
import {compound, signal, wrapper} from './signal';

/**
 * A vector property. Its components are set by the props `x` and `y`, by `prefixX` and `prefixY`,
 * or by the names in a map.
 */
export function vector2Signal(prefix?: string | Record<string, string>): PropertyDecorator {
  return (target, key) => {
    const entries =
      typeof prefix === 'object' ? prefix : {x: prefix ? `${prefix}X` : 'x', y: prefix ? `${prefix}Y` : 'y'};
    wrapper(Vector2 as any)(target, key);
    compound(entries)(target, key);
    signal()(target, key);
  };
}

/** A vector property without props for its components. */
export function pointSignal(): PropertyDecorator {
  return (target, key) => {
    wrapper(Vector2 as any)(target, key);
    signal()(target, key);
  };
}
