import type { PossibleVector2, SignalValue, SimpleSignal } from '@revideo/core';
import type { KnotInfo } from '../curves/splinePath';
import { Node } from './Node';
import type { NodeProps } from './NodeProps';
/** How much of each handle of a knot is found from its neighbours, 0 to 1; one number is for both. */
export type PossibleKnotAuto = number | [number, number] | {
    startHandle: number;
    endHandle: number;
};
export interface KnotProps extends NodeProps {
    startHandle?: SignalValue<PossibleVector2>;
    endHandle?: SignalValue<PossibleVector2>;
    auto?: SignalValue<PossibleKnotAuto>;
    startHandleAuto?: SignalValue<number>;
    endHandleAuto?: SignalValue<number>;
}
/** A point of a `Spline`, with handles relative to its position. */
export declare class Knot extends Node {
    /** The other handle mirrored unless set. */
    readonly startHandle: SimpleSignal<any, this>;
    /** The other handle mirrored unless set. */
    readonly endHandle: SimpleSignal<any, this>;
    readonly auto: any;
    constructor(props?: KnotProps);
    /** The knot in its parent's space. */
    $$info(): KnotInfo;
}
