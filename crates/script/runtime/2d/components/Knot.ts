import {Vector2, transformVectorAsPoint} from '@revideo/core';
import type {PossibleVector2, SignalValue, SimpleSignal} from '@revideo/core';
import type {KnotInfo} from '../curves/splinePath';
import {compound, initial, parser, signal, wrapper} from '../decorators/signal';
import {nodeName} from '../decorators/nodeName';
import {nodeKind} from '../native/nodeKind';
import {Node} from './Node';
import type {NodeProps} from './NodeProps';

/** How much of each handle of a knot is found from its neighbours, 0 to 1; one number is for both. */
export type PossibleKnotAuto = number | [number, number] | {startHandle: number; endHandle: number};

export interface KnotProps extends NodeProps {
  startHandle?: SignalValue<PossibleVector2>;
  endHandle?: SignalValue<PossibleVector2>;
  auto?: SignalValue<PossibleKnotAuto>;
  startHandleAuto?: SignalValue<number>;
  endHandleAuto?: SignalValue<number>;
}

/** A point of a `Spline`, with handles relative to its position. */
@nodeName('Knot')
@nodeKind('node')
export class Knot extends Node {
  /** The other handle mirrored unless set. */
  @wrapper(Vector2 as any)
  @signal()
  declare public readonly startHandle: SimpleSignal<any, this>;
  /** The other handle mirrored unless set. */
  @wrapper(Vector2 as any)
  @signal()
  declare public readonly endHandle: SimpleSignal<any, this>;
  @initial(0)
  @parser(parseAuto)
  @compound({startHandle: 'startHandleAuto', endHandle: 'endHandleAuto'})
  @signal()
  declare public readonly auto: any;

  public constructor(props: KnotProps = {}) {
    const given = props.startHandle !== undefined || props.endHandle !== undefined;
    super(props.auto === undefined && !given ? ({auto: 1, ...props} as KnotProps) : props);
  }

  /** The knot in its parent's space. */
  public $$info(): KnotInfo {
    const matrix = this.localToParent();
    const start = this.startHandle.isInitial() ? null : (this.startHandle() as Vector2);
    const end = this.endHandle.isInitial() ? null : (this.endHandle() as Vector2);
    const startHandle = start ?? end?.flipped ?? Vector2.zero;
    const endHandle = end ?? start?.flipped ?? Vector2.zero;
    return {
      position: this.position(),
      startHandle: transformVectorAsPoint(startHandle, matrix),
      endHandle: transformVectorAsPoint(endHandle, matrix),
      auto: {start: this.auto.startHandle(), end: this.auto.endHandle()},
    };
  }
}

function parseAuto(value: PossibleKnotAuto): {startHandle: number; endHandle: number} {
  if (typeof value === 'number') return {startHandle: value, endHandle: value};
  if (Array.isArray(value)) return {startHandle: value[0], endHandle: value[1]};
  return value;
}
