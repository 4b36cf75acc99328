import type {Log, Program, Step} from './programs';
import {rounded} from './programs';

/**
 * A second, simple scheduler: programs run on explicit stacks, without generators, threads or
 * signals. It follows the written rules of the reference and shares no code with the runtime.
 */
export function simulate(program: Program, fps: number, longest: number): {log: Log; duration: number} {
  const world: World = {frame: 0, fps, log: []};
  const root = new Model(world, program, null);
  let running = [root];
  for (; ; world.frame++) {
    const next: Model[] = [];
    for (const model of running) if (!model.ended) model.resume(next);
    running = next.filter(model => !model.ended);
    if (root.ended) return {log: world.log, duration: world.frame};
    if (world.frame > longest) throw new Error('the program does not end');
  }
}

interface World {
  frame: number;
  readonly fps: number;
  readonly log: Log;
}

/** What is to be done next: returns true when a frame has to pass first. */
type Action = (model: Model) => boolean | void;

class Model {
  public time = 0;
  public fixed = 0;
  public ended = false;
  public children: Model[] = [];
  private ownPause = false;
  private readonly waiting: Model[] = [];
  private readonly actions: Action[] = [];
  private starting: Model | null = null;

  public constructor(
    private readonly world: World,
    program: Program,
    private readonly parent: Model | null,
  ) {
    this.push(program);
  }

  /** Runs up to the frame's boundary. */
  public resume(next: Model[]): void {
    while (!this.ended) {
      if (this.paused()) {
        next.push(this);
        return;
      }
      const action = this.actions.pop();
      if (action === undefined) {
        this.end();
      } else if (action(this)) {
        this.pass(next);
        return;
      }
      const child = this.starting;
      if (child !== null) {
        this.starting = null;
        child.resume(next);
      }
    }
  }

  private pass(next: Model[]): void {
    this.time += 1 / this.world.fps;
    this.fixed += 1 / this.world.fps;
    this.children = this.children.filter(child => !child.ended);
    for (const child of this.waiting.splice(0)) {
      child.begin(this);
      next.push(child);
    }
    next.push(this);
  }

  private begin(parent: Model): void {
    this.time = parent.time;
    this.fixed = parent.fixed;
    parent.children.push(this);
  }

  private paused(): boolean {
    return this.ownPause || (this.parent !== null && this.parent.paused());
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    for (const child of this.children) child.end();
  }

  /** Has actions done before those that are due. */
  private do(...actions: Action[]): void {
    this.actions.push(...actions.reverse());
  }

  private push(program: Program): void {
    const started: Model[] = [];
    const {log} = this.world;
    this.do(...program.map((step): Action => () => this.step(step, started)), () => {
      log.push(['end', this.world.frame]);
    });
  }

  private fork(program: Program): Model {
    const child = new Model(this.world, program, this);
    child.begin(this);
    this.starting = child;
    return child;
  }

  /** Until `goal`, frames pass while the time that passed is less. */
  private until(goal: () => number, then: () => void): Action {
    const action: Action = () => {
      if (this.fixed < goal()) {
        this.do(action);
        return true;
      }
      then();
    };
    return action;
  }

  private wait(seconds: number): Action {
    return () => {
      const target = this.time + seconds;
      const last = target - 1 / this.world.fps;
      this.do(
        this.until(
          () => last,
          () => (this.time = target),
        ),
      );
    };
  }

  private tween(seconds: number, progress: (value: number, time: number) => void, end: () => void): Action {
    return () => {
      const start = this.time;
      progress(0, 0);
      const frame: Action = () => {
        if (this.fixed < start + seconds) {
          const time = this.fixed - start;
          if (time > 0) progress(time / seconds, time);
          this.do(frame);
          return true;
        }
        this.time = start + seconds;
        progress(1, seconds);
        end();
      };
      this.do(frame);
    };
  }

  private join(tasks: () => Model[], all: boolean): Action {
    return () => {
      const start = this.time;
      const wanted = tasks();
      const joined = this.children.filter(child => wanted.includes(child));
      const check: Action = () => {
        const ended = joined.filter(child => child.ended);
        if (all ? ended.length < joined.length : ended.length === 0) {
          this.do(check);
          return true;
        }
        const times = ended.map(child => child.time);
        this.time = Math.max(start, all ? Math.max(...times) : Math.min(...times));
      };
      this.do(check);
    };
  }

  private step(step: Step, started: Model[]): boolean | void {
    const {kind, id, seconds, count, which, body = [], bodies = []} = step;
    const {log} = this.world;
    log.push([this.world.frame, id, rounded(this.time), rounded(this.fixed)]);
    switch (kind) {
      case 'yield':
        return true;
      case 'log':
        return;
      case 'wait':
        return this.do(this.wait(seconds));
      case 'tween':
        return this.do(
          this.tween(
            seconds,
            (value, time) => log.push(['tween', id, rounded(value), rounded(time)]),
            () => log.push(['tweened', id, 1, seconds]),
          ),
        );
      case 'signal': {
        const nothing = () => {};
        return this.do(
          this.tween(seconds, nothing, nothing),
          this.wait(seconds / 2),
          this.tween(seconds, nothing, nothing),
          this.tween(seconds / 3, nothing, nothing),
          () => void log.push(['signal', id, 0]),
        );
      }
      case 'promise':
        log.push(['promise', id]);
        return;
      case 'fork':
        started.push(this.fork(body));
        return;
      case 'spawn': {
        const child = new Model(this.world, body, this);
        this.waiting.push(child);
        started.push(child);
        return;
      }
      case 'delegate':
        return this.push(body);
      case 'all':
      case 'any':
      case 'sequence': {
        const own: Model[] = [];
        const begin = bodies.flatMap((task): Action[] => [
          () => void own.push(this.fork(task)),
          ...(kind === 'sequence' ? [this.wait(seconds)] : []),
        ]);
        return this.do(...begin, this.join(() => own, kind !== 'any'));
      }
      case 'chain':
        return this.do(
          ...bodies.map((task): Action => () => this.push(task)),
          () => void log.push(['chain', id]),
        );
      case 'delay':
        return this.do(this.wait(seconds), () => (count > 0 ? this.push(body) : void log.push(['delay', id])));
      case 'loop':
      case 'loopFor': {
        const target = this.time + seconds;
        const turn = (index: number): Action => () => {
          if (kind === 'loop' ? index >= count : target - 1 / this.world.fps <= this.fixed) {
            if (kind === 'loopFor') this.time = target;
            return;
          }
          log.push([kind, id, index]);
          this.do(turn(index + 1));
          if (which === 0) return true;
          this.push(kind === 'loop' ? body : [...body, {...step, kind: 'yield', id: 0}]);
        };
        return this.do(turn(0));
      }
      case 'cancel': {
        const child = started[which % started.length];
        if (child === undefined || child.ended || !this.children.includes(child)) return;
        child.end();
        child.time = this.time;
        return;
      }
      case 'join':
        return started.length > 0 ? this.do(this.join(() => started, true)) : undefined;
      case 'pause': {
        const child = this.children[which];
        if (child === undefined) return;
        child.ownPause = true;
        const frame: Action = () => true;
        return this.do(frame, frame, () => {
          child.ownPause = false;
        });
      }
      default:
        throw new Error(`the model does not know \`${kind}\``);
    }
  }
}
