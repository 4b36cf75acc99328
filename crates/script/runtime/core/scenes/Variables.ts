import {createSignal} from '../signals/createSignal';
import type {SimpleSignal} from '../signals/SignalContext';

/** The project's variables as a scene sees them. */
export class Variables {
  private readonly signals = new Map<string, SimpleSignal<any>>();
  private readonly initials = new Map<string, unknown>();
  private variables: Record<string, unknown> = {};

  public constructor(_scene?: unknown) {}

  /**
   * A function that reads a variable. A value of null or undefined in the project counts as absent;
   * the `initial` of the first call holds for the scene.
   */
  public get<T>(name: string, initial: T): () => T {
    let signal = this.signals.get(name);
    if (signal === undefined) {
      signal = createSignal<any>(this.variables[name] ?? initial);
      this.signals.set(name, signal);
      if (!this.initials.has(name)) this.initials.set(name, initial);
    }
    const read = signal;
    return () => read() as T;
  }

  /** Replaces the project's variables; those already read take their new value. */
  public updateSignals(variables: Record<string, unknown>): void {
    this.variables = variables;
    for (const [name, signal] of this.signals) {
      if (name in variables) signal(variables[name]);
    }
  }

  /** Forgets the signals; the scene is starting over. */
  public clear(): void {
    this.signals.clear();
  }

  /** The variables read so far, with the value to be used in their absence. */
  public read(): {name: string; initial: unknown}[] {
    return [...this.initials].map(([name, initial]) => ({name, initial}));
  }
}
