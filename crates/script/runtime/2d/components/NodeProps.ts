import type {PossibleColor, PossibleSpacing, PossibleVector2, ReferenceReceiver, SignalValue} from '@revideo/core';
import type {Filter} from '../partials/filter';
import type {ComponentChildren} from './children';

/** The values of a node's properties by name. */
export type NodeState = Record<string, any>;

export interface NodeProps {
  ref?: ReferenceReceiver<any>;
  children?: SignalValue<ComponentChildren>;
  /** @deprecated Use `children`. */
  spawner?: SignalValue<ComponentChildren>;
  /** Of any kind, as those of a `Map`. */
  key?: any;
  x?: SignalValue<number>;
  y?: SignalValue<number>;
  position?: SignalValue<PossibleVector2>;
  rotation?: SignalValue<number>;
  scaleX?: SignalValue<number>;
  scaleY?: SignalValue<number>;
  scale?: SignalValue<PossibleVector2>;
  skewX?: SignalValue<number>;
  skewY?: SignalValue<number>;
  skew?: SignalValue<PossibleVector2>;
  zIndex?: SignalValue<number>;
  opacity?: SignalValue<number>;
  filters?: SignalValue<Filter[]>;
  shadowColor?: SignalValue<PossibleColor>;
  shadowBlur?: SignalValue<number>;
  shadowOffsetX?: SignalValue<number>;
  shadowOffsetY?: SignalValue<number>;
  shadowOffset?: SignalValue<PossibleVector2>;
  cache?: SignalValue<boolean>;
  cachePadding?: SignalValue<PossibleSpacing>;
  cachePaddingTop?: SignalValue<number>;
  cachePaddingBottom?: SignalValue<number>;
  cachePaddingLeft?: SignalValue<number>;
  cachePaddingRight?: SignalValue<number>;
  composite?: SignalValue<boolean>;
  compositeOperation?: SignalValue<string>;
  /** Refused: shaders cannot be run here. */
  shaders?: unknown;
}
