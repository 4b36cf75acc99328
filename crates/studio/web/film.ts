import {byId} from './dom.js';
import type {Footage} from './footage.js';
import {studio} from './server.js';
import type {State, Take} from './server.js';

type Listener = (state: State, before: State | null) => void;

/** The studio as the page knows it. */
export class Film implements Footage {
  public state: State | null = null;
  readonly #listeners: Listener[] = [];

  /** Calls back with each state, from the next on. */
  public onState(listener: Listener): void {
    this.#listeners.push(listener);
  }

  public open(connected: (connected: boolean) => void): void {
    const hear = (state: State) => {
      const before = this.state;
      this.state = state;
      for (const listener of this.#listeners) listener(state, before);
    };
    // What was so when the page was asked for came with it.
    const first: State | null = JSON.parse(byId('state').textContent ?? 'null');
    if (first !== null) hear(first);
    studio.listen<State>(hear, connected);
  }

  public get take(): Take | null {
    return this.state?.take ?? null;
  }

  public get fps(): number {
    return this.take?.fps ?? 30;
  }

  /** The first frame's number. */
  public get first(): number {
    return this.take?.first ?? 0;
  }

  /** The frame after the last. */
  public get end(): number {
    return this.first + (this.take?.frames ?? 0);
  }

  /** The frame of the film that is next to this one. */
  public clamp(frame: number): number {
    return Math.max(this.first, Math.min(frame, this.end - 1));
  }
}
