import { Vector2 } from '@revideo/core';
import { Media } from './Media';
import type { MediaProps } from './Media';
export type AudioProps = MediaProps;
/** A sound; nothing of it is seen but its children. */
export declare class Audio extends Media {
    constructor(props?: AudioProps);
    /** A sound has no box. */
    computedSize(): Vector2;
    isLayoutRoot(): boolean;
    protected $$assetKind(): 'audio';
}
