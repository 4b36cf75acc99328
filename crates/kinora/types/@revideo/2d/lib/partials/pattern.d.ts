import type { SignalValue, SimpleSignal } from '@revideo/core';
/** Along which axes a pattern repeats. */
export type CanvasRepetition = null | 'repeat' | 'repeat-x' | 'repeat-y' | 'no-repeat';
/** A picture: its address, or an object that has one. */
export type PatternImage = string | {
    src: string;
};
export interface PatternProps {
    image: SignalValue<PatternImage>;
    repetition?: SignalValue<CanvasRepetition>;
}
/** A repeated picture in the shape's own space. */
export declare class Pattern {
    readonly image: SimpleSignal<PatternImage, this>;
    readonly repetition: SimpleSignal<CanvasRepetition, this>;
    constructor(props: PatternProps);
    /** The pattern as the stage takes it. */
    $$encode(): unknown;
}
