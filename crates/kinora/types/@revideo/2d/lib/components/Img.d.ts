import { Color, Vector2 } from '@revideo/core';
import type { PossibleVector2, SignalValue, SimpleSignal } from '@revideo/core';
import { Rect } from './Rect';
import type { RectProps } from './Rect';
export interface ImgProps extends RectProps {
    src?: SignalValue<string | null>;
    alpha?: SignalValue<number>;
    smoothing?: SignalValue<boolean>;
}
/** A still picture, stretched over its box; without a size it has the picture's own. */
export declare class Img extends Rect {
    /** A URL, a `data:` URL, or a path below `public/`. */
    readonly src: SimpleSignal<string | null, this>;
    /** Opacity of the picture alone. */
    readonly alpha: SimpleSignal<number, this>;
    readonly smoothing: SimpleSignal<boolean, this>;
    constructor(props?: ImgProps);
    /** The picture's size in its own pixels; zero without a picture. */
    naturalSize(): Vector2;
    /** The picture's colour at a point of the node's own space. */
    getColorAtPoint(position: PossibleVector2): Color;
    /** The colour of a pixel, counted from the picture's top left corner. */
    getPixelColor(position: PossibleVector2): Color;
    /** Picture and size as the stage takes them. */
    $$encodeSource(): [string | null, [number, number]];
    protected $$asset(): NativeAsset | null;
    protected collectAsyncResources(): void;
}
