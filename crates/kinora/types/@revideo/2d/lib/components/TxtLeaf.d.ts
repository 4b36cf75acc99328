import type { SignalValue, SimpleSignal } from '@revideo/core';
import type { LayoutMode } from './Layout';
import { Shape } from './Shape';
import type { ShapeProps } from './Shape';
export interface TxtLeafProps extends ShapeProps {
    text?: SignalValue<string>;
}
/** A piece of text in one style: what a string inside a `Txt` becomes. */
export declare class TxtLeaf extends Shape {
    readonly text: SimpleSignal<string, this>;
    constructor(props?: TxtLeafProps);
    protected $$ownLayout(): LayoutMode;
    protected getLayout(): LayoutMode;
}
