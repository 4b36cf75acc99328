import { DEFAULT } from '@revideo/core';
import type { InterpolationFunction, SignalValue, SimpleSignal, ThreadGenerator, TimingFunction } from '@revideo/core';
import type { LayoutMode } from './Layout';
import type { Node } from './Node';
import { Shape } from './Shape';
import type { ShapeProps } from './Shape';
import type { ComponentChildren } from './children';
export interface TxtProps extends ShapeProps {
    text?: SignalValue<string>;
}
/** A text, or a run in another style inside one. Its children are texts and strings. */
export declare class Txt extends Shape {
    /** A bold run: `<Txt.b>`. */
    static b(props: TxtProps): Txt;
    /** An italic run: `<Txt.i>`. */
    static i(props: TxtProps): Txt;
    /** The text with that of all runs; setting it leaves one plain piece. */
    readonly text: SimpleSignal<string, this>;
    constructor(props?: TxtProps);
    protected $$ownLayout(): LayoutMode;
    protected getLayout(): LayoutMode;
    protected getText(): string;
    protected setText(value: SignalValue<string> | typeof DEFAULT): void;
    /** Types the text while the block grows to its new size. */
    protected tweenText(value: SignalValue<string>, time: number, timing: TimingFunction, blend: InterpolationFunction<string>): ThreadGenerator;
    protected $$adoptContent(content: SignalValue<ComponentChildren>): void;
    protected parseChildren(children: ComponentChildren): Node[];
    /** The text that this one is a run of. */
    protected parentTxt(): Txt | null;
}
