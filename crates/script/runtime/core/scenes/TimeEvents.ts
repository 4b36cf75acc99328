import type {Scene} from './Scene';
import type {SceneMeta} from './SceneMeta';

/** A time event that a scene has asked for. */
export interface TimeEvent {
  name: string;
  /** Seconds since the scene's start at which it was asked for. */
  from: number;
  /** Seconds since the scene's start at which it is. */
  seconds: number;
  /** The calls that asked for it. */
  made: string;
}

/**
 * Motion Canvas: moments of a scene that its author moves in the editor.
 *
 * Where they lie says the variable `timeEvents` (`{event: seconds}`, or `{scene: {event: seconds}}`), or
 * the `.meta` file of a scene imported with `?scene`; seconds since the scene's start.
 */
export class TimeEvents {
  private readonly durations = new Map<string, number>();
  private readonly known = new Map<string, TimeEvent>();
  private warned = new Set<string>();

  public constructor(
    private readonly scene: Scene,
    private readonly saved: NonNullable<SceneMeta['timeEvents']>,
  ) {}

  /** Seconds from `time` to an event; 0 where it was never moved. The answer stays for the scene. */
  public register(name: string, time: number): number {
    let duration = this.durations.get(name);
    if (duration === undefined) {
      const target = this.target(name);
      duration = target === undefined ? 0 : target - time;
      this.durations.set(name, duration);
      this.known.set(name, {name, from: time, seconds: time + Math.max(duration, 0), made: new Error().stack ?? ''});
    }
    return duration;
  }

  /** The events that were asked for, in that order. */
  public $$all(): TimeEvent[] {
    return [...this.known.values()];
  }

  /** Forgets the events; the scene is starting over. */
  public handleReset(): void {
    this.durations.clear();
  }

  private target(name: string): number | undefined {
    const given: any = this.scene.variables.get<unknown>('timeEvents', {})();
    const target = given?.[this.scene.name]?.[name] ?? given?.[name];
    if (typeof target === 'number') return target;
    const saved = this.saved.find(event => event.name === name);
    if (saved === undefined && !this.warned.has(name)) {
      this.warned.add(name);
      this.scene.logger.warn({
        message: `the time event \`${name}\` takes no time: nothing says when it is`,
        remarks:
          'set the variable `timeEvents` to `{event: seconds}`, import the scene with `?scene` beside its `.meta` file, or use `waitFor(seconds)`',
      });
    }
    return saved?.targetTime;
  }
}
