import type { SignalContext } from '@revideo/core';
/** How one property of a node class reaches the stage. */
export interface StageProperty {
    /** The stage's names of what is written; usually one. */
    names: readonly string[];
    /** Whether a change may move or resize boxes. */
    layout: boolean;
    /** Whether the stage has a value of its own for an unset property (inherited or default). */
    unset: boolean;
    /** Whether an initial value means the stage's default; it does unless this says otherwise. */
    isDefault?(node: any): boolean;
    /** Whether it belongs to the stage node that draws the outline apart from the box. */
    inner?: boolean;
    /** What is written, one value per name; reads the signals it depends on. */
    read(node: any): readonly unknown[];
    /** The signals that the only value is made of and nothing else, where their raw values are enough. */
    direct?: Direct;
}
/** How a value is made of signals whose owner reads and sets them as they are. */
export interface Direct {
    /** The contexts of the signals. */
    contexts(node: any): SignalContext<any, any, any>[];
    /** The value as the stage takes it, of one signal; undefined where this way does not do. */
    encode?(value: any): unknown;
    /** Whether the value may be a colour. */
    isColor?: boolean;
    /** Whether the stage wants what is stored, whatever reading it yields. */
    isRaw?: boolean;
}
/** The properties of each node kind that the stage draws. */
export declare const STAGE_PROPERTIES: Record<string, Record<string, StageProperty>>;
/** What the stage draws of some kinds that no single signal holds. */
export declare const DERIVED_PROPERTIES: Record<string, readonly StageProperty[]>;
