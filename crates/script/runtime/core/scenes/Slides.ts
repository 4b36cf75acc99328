import {ValueDispatcher} from '../events/ValueDispatcher';
import type {SubscribableValueEvent} from '../events/ValueDispatcher';
import type {Scene} from './Scene';

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
export class Slides {
  private readonly slides = new ValueDispatcher<Slide[]>([]);
  /** Ids of the slides begun since the scene started over. */
  private readonly begun = new Set<string>();
  private current: Slide | null = null;

  public constructor(private readonly scene: Scene) {}

  /** All slides that were ever begun, in the order in which they first were. */
  public get onChanged(): SubscribableValueEvent<Slide[]> {
    return this.slides.subscribable;
  }

  public register(name: string, initialTime: number): void {
    const id = this.toId(name);
    let slide = this.slides.current.find(known => known.id === id);
    if (slide === undefined) {
      slide = {id, name, time: initialTime, scene: this.scene, stack: new Error().stack};
      this.slides.current = [...this.slides.current, slide];
    } else if (this.begun.has(id)) {
      this.scene.logger.warn({
        message: `the slide \`${name}\` is begun more than once`,
        remarks: 'every slide of a scene needs a name of its own',
        stack: new Error().stack,
      });
    }
    this.begun.add(id);
    this.current = slide;
  }

  /** Whether the scene has to wait at a slide: never outside of a presentation. */
  public shouldWait(_name: string): boolean {
    return false;
  }

  /** Sets the slide that a presentation goes to; without effect here. */
  public setTarget(_target: string | null): void {}

  /** Ends the wait at a slide; there is none here. */
  public resume(): void {}

  public isWaiting(): boolean {
    return false;
  }

  public isWaitingFor(_id: string): boolean {
    return false;
  }

  /** Whether a slide has begun since the scene started over. */
  public didHappen(id: string): boolean {
    return this.begun.has(id);
  }

  /** The slide begun last. */
  public getCurrent(): Slide | null {
    return this.current;
  }

  /** Forgets which slides have begun; the scene is starting over. */
  public handleReset(): void {
    this.begun.clear();
    this.current = null;
  }

  private toId(name: string): string {
    return `${this.scene.name}:${name}`;
  }
}
