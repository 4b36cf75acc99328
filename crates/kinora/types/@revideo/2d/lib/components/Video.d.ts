import type { SignalValue, SimpleSignal } from '@revideo/core';
import { Media } from './Media';
import type { MediaProps } from './Media';
export interface VideoProps extends MediaProps {
    alpha?: SignalValue<number>;
    smoothing?: SignalValue<boolean>;
    /** Accepted for the reference's sake: there is one decoder here, and it is exact. */
    decoder?: SignalValue<string | null>;
}
/** A moving picture, stretched over its box, and its sound. */
export declare class Video extends Media {
    /** Opacity of the picture alone. */
    readonly alpha: SimpleSignal<number, this>;
    readonly smoothing: SimpleSignal<boolean, this>;
    readonly decoder: SimpleSignal<string | null, this>;
    constructor(props?: VideoProps);
    /** Picture and size as the stage takes them. */
    $$encodeSource(): [string | null, [number, number]];
    protected $$assetKind(): 'video';
}
