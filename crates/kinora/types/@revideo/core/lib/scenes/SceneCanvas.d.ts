import { Affine } from '../types/Affine';
import type { CanvasLike } from './CanvasLike';
/** Records the transform and alpha that a scene is to be placed with. */
export declare class SceneCanvas implements CanvasLike {
    private matrix;
    private alpha;
    private readonly saved;
    get globalAlpha(): number;
    /** Values outside 0–1 are ignored, as a canvas does. */
    set globalAlpha(value: number);
    save(): void;
    restore(): void;
    translate(x: number, y: number): void;
    scale(x: number, y: number): void;
    rotate(angle: number): void;
    transform(a: number, b: number, c: number, d: number, e: number, f: number): void;
    setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void;
    resetTransform(): void;
    getTransform(): Affine;
    /** The placement recorded so far. */
    placement(): {
        transform: [number, number, number, number, number, number];
        alpha: number;
    };
}
