import {Spacing} from '@revideo/core';
import {compound, signal, wrapper} from './signal';

/** A property with a value per side, each set by a prop `prefixTop`, `prefixRight`, … */
export function spacingSignal(prefix?: string): PropertyDecorator {
  return (target, key) => {
    const name = (side: string) => (prefix ? `${prefix}${side}` : side.toLowerCase());
    wrapper(Spacing as any)(target, key);
    compound({top: name('Top'), right: name('Right'), bottom: name('Bottom'), left: name('Left')})(target, key);
    signal()(target, key);
  };
}
