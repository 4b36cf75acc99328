/**
 * What transitions may do with a scene: the transform and alpha part of a canvas context, in screen
 * pixels. Everything else a canvas can do throws.
 */
export interface CanvasLike {
    globalAlpha: number;
    save(): void;
    restore(): void;
    translate(x: number, y: number): void;
    scale(x: number, y: number): void;
    /** Radians, clockwise. */
    rotate(angle: number): void;
    transform(a: number, b: number, c: number, d: number, e: number, f: number): void;
    setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void;
    resetTransform(): void;
}
