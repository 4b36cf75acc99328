import type { Vector2 } from '../types/Vector';
/** What the interactive player remembers. */
export interface PlayerState extends Record<string, unknown> {
    paused: boolean;
    loop: boolean;
    muted: boolean;
    volume: number;
    speed: number;
}
/** What the interactive player is told. */
export interface PlayerSettings {
    /** Seconds. */
    range: [number, number];
    fps: number;
    size: Vector2;
    resolutionScale: number;
}
/** The browser's interactive player. */
export declare class Player {
    constructor(..._args: unknown[]);
}
