import type { CanvasColorSpace } from '../types/Canvas';
import type { Color } from '../types/Color';
import type { Vector2 } from '../types/Vector';
/** How the canvas is set up in the reference. */
export interface StageSettings {
    size: Vector2;
    resolutionScale: number;
    colorSpace: CanvasColorSpace;
    background: Color | string | null;
}
/** The browser's canvas that scenes are drawn on. */
export declare class Stage {
    constructor(..._args: unknown[]);
}
