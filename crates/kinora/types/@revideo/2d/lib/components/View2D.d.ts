import { Vector2 } from '@revideo/core';
import { Rect } from './Rect';
import type { RectProps } from './Rect';
import type { Node } from './Node';
export interface View2DProps extends RectProps {
    /** The scene's size in pixels before scaling. */
    sceneSize: Vector2;
    /** Pixels of the film per pixel of the scene. */
    resolutionScale: number;
}
/** The root of a scene: its origin is the middle of the picture, its fill the background. */
export declare class View2D extends Rect {
    private readonly $$sceneSize;
    private readonly $$resolutionScale;
    constructor({ sceneSize, resolutionScale, ...props }: View2DProps);
    view(): View2D;
    /** The node with a key. */
    findKey<T extends Node = Node>(key: string): T | null;
    /** Seconds of the film. */
    globalTime(): number;
    /** Frames per second of the film. */
    fps(): number;
    /** Whether the film plays, is rendered or rests. */
    playbackState(): number;
    layoutEnabled(): boolean;
    isLayoutRoot(): boolean;
    computedSize(): Vector2;
    protected getDefaultPosition(): Vector2;
    protected getDefaultScale(): number;
}
