import type { SubscribableValueEvent } from '../events/ValueDispatcher';
import type { Scene } from './Scene';
/** A marked moment of a scene. */
export interface Slide {
    /** The scene's name and the slide's. */
    id: string;
    name: string;
    /** Seconds since the scene's start. */
    time: number;
    scene: Scene;
    /** Where the slide was begun. */
    stack?: string;
}
/** The slides of a scene. They are recorded, and never pause a render: nothing is presented here. */
export declare class Slides {
    private readonly scene;
    private readonly slides;
    /** Ids of the slides begun since the scene started over. */
    private readonly begun;
    private current;
    constructor(scene: Scene);
    /** All slides that were ever begun, in the order in which they first were. */
    get onChanged(): SubscribableValueEvent<Slide[]>;
    register(name: string, initialTime: number): void;
    /** Whether the scene has to wait at a slide: never outside of a presentation. */
    shouldWait(_name: string): boolean;
    /** Sets the slide that a presentation goes to; without effect here. */
    setTarget(_target: string | null): void;
    /** Ends the wait at a slide; there is none here. */
    resume(): void;
    isWaiting(): boolean;
    isWaitingFor(_id: string): boolean;
    /** Whether a slide has begun since the scene started over. */
    didHappen(id: string): boolean;
    /** The slide begun last. */
    getCurrent(): Slide | null;
    /** Forgets which slides have begun; the scene is starting over. */
    handleReset(): void;
    private toId;
}
