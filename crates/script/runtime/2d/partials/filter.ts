import {createSignal, map} from '@revideo/core';
import type {SignalValue, SimpleSignal} from '@revideo/core';

/** The names of the picture filters. */
export type FilterName = 'invert' | 'sepia' | 'grayscale' | 'brightness' | 'contrast' | 'saturate' | 'hue' | 'blur';

/** What makes a filter. */
export interface FilterProps {
  name: FilterName;
  value: SignalValue<number>;
  /** The value at which the filter does nothing. */
  default: number;
}

/** Every filter's value at which it does nothing. */
export const FILTERS: Record<FilterName, Partial<FilterProps> & {name: FilterName; default: number}> = {
  invert: {name: 'invert', default: 0},
  sepia: {name: 'sepia', default: 0},
  grayscale: {name: 'grayscale', default: 0},
  brightness: {name: 'brightness', default: 1},
  contrast: {name: 'contrast', default: 1},
  saturate: {name: 'saturate', default: 1},
  hue: {name: 'hue', default: 0},
  blur: {name: 'blur', default: 0},
};

/** A picture filter: CSS's effect of that name, hue in degrees, blur in pixels, the others as factors. */
export class Filter {
  /** The strength. */
  public readonly value: SimpleSignal<number, Filter>;
  private readonly props: FilterProps;

  public constructor(props: Partial<FilterProps> & {name: FilterName}) {
    const standard = FILTERS[props.name];
    if (standard === undefined) {
      throw new Error(`unknown filter \`${props.name}\`; there are ${Object.keys(FILTERS).join(', ')}`);
    }
    this.props = {...standard, value: standard.default, ...props} as FilterProps;
    this.value = createSignal<number, Filter>(this.props.value, map, this);
  }

  public get name(): FilterName {
    return this.props.name;
  }

  /** The value at which the filter does nothing. */
  public get default(): number {
    return this.props.default;
  }

  /** Whether the filter changes anything. */
  public isActive(): boolean {
    return this.value() !== this.props.default;
  }
}

/** Inverts colours: 0 not at all, 1 fully. */
export function invert(value?: SignalValue<number>): Filter {
  return create('invert', value);
}

/** Tints towards sepia: 0 not at all, 1 fully. */
export function sepia(value?: SignalValue<number>): Filter {
  return create('sepia', value);
}

/** Removes colour: 0 not at all, 1 fully. */
export function grayscale(value?: SignalValue<number>): Filter {
  return create('grayscale', value);
}

/** Multiplies brightness; 1 leaves it. */
export function brightness(value?: SignalValue<number>): Filter {
  return create('brightness', value);
}

/** Multiplies contrast; 1 leaves it. */
export function contrast(value?: SignalValue<number>): Filter {
  return create('contrast', value);
}

/** Multiplies saturation; 1 leaves it. */
export function saturate(value?: SignalValue<number>): Filter {
  return create('saturate', value);
}

/** Rotates hues by degrees. */
export function hue(value?: SignalValue<number>): Filter {
  return create('hue', value);
}

/** Blurs with a Gaussian whose standard deviation is `value` pixels. */
export function blur(value?: SignalValue<number>): Filter {
  return create('blur', value);
}

function create(name: FilterName, value: SignalValue<number> | undefined): Filter {
  return new Filter(value === undefined ? {name} : {name, value});
}
