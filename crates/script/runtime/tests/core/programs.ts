import {
  all,
  any,
  cancel,
  chain,
  createSignal,
  delay,
  every,
  join,
  loop,
  loopFor,
  run,
  sequence,
  spawn,
  spring,
  StrikeSpring,
  tween,
  usePlayback,
  useThread,
  useTime,
  waitFor,
} from '../../core/index';
import type {Random, ThreadGenerator} from '../../core/index';

/** What a task does, step by step, as data: two ways of running it can be compared. */
export type Program = Step[];

/** One step of a task. */
export interface Step {
  kind: Kind;
  /** Tells steps apart in the log. */
  id: number;
  seconds: number;
  count: number;
  /** Which of the tasks started so far is meant. */
  which: number;
  body?: Program;
  bodies?: Program[];
}

/** What was done, with frame numbers and clocks. */
export type Log = unknown[][];

const LEAVES = ['yield', 'wait', 'log', 'tween', 'signal', 'promise'] as const;
const BRANCHES = [
  'fork',
  'fork',
  'spawn',
  'delegate',
  'all',
  'any',
  'chain',
  'sequence',
  'delay',
  'loop',
  'loopFor',
  'cancel',
  'join',
  'pause',
] as const;
const RARE = ['every', 'spring', 'waitAfter', 'run', 'reuse'] as const;
type Kind = (typeof LEAVES)[number] | (typeof BRANCHES)[number] | (typeof RARE)[number];

const SECONDS = [0, 0.01, 0.03, 0.1, 0.1, 0.2, 0.35, 0.5, 1 / 30, 2 / 30, 0.05];
const WITH_BODY = new Set<Kind>(['fork', 'spawn', 'delegate', 'delay', 'loop', 'loopFor', 'waitAfter', 'run']);
const WITH_BODIES = new Set<Kind>(['all', 'any', 'chain', 'sequence']);

/** A program made up at random; `rare` steps are those that the model of the scheduler does not know. */
export function randomProgram(random: Random, rare: boolean): Program {
  const kinds: readonly Kind[] = rare ? [...LEAVES, ...BRANCHES, ...RARE] : [...LEAVES, ...BRANCHES];
  const pick = <T>(list: readonly T[]): T => list[random.nextInt(0, list.length)];
  let id = 0;
  const program = (depth: number): Program =>
    Array.from({length: 1 + random.nextInt(0, depth > 2 ? 2 : 4)}, () => {
      const kind = depth > 3 ? pick(LEAVES) : pick(kinds);
      const step: Step = {
        kind,
        id: ++id,
        seconds: pick(SECONDS),
        count: random.nextInt(0, 4),
        which: random.nextInt(0, 3),
      };
      if (WITH_BODY.has(kind)) step.body = program(depth + 1);
      if (WITH_BODIES.has(kind)) {
        // `any` of nothing never ends in the reference.
        const least = kind === 'any' ? 1 : 0;
        step.bodies = Array.from({length: least + random.nextInt(0, 3)}, () => program(depth + 1));
      }
      return step;
    });
  return program(0);
}

/** Nine decimals: enough to tell clocks apart, and too few for the last bits of a sine. */
export function rounded(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

/** The task of a program; it notes what it does. */
export function* perform(program: Program, log: Log): ThreadGenerator {
  const thread = useThread();
  const started: ThreadGenerator[] = [];
  const task = (body: Program) => perform(body, log);
  for (const step of program) {
    const {kind, id, seconds, count, which} = step;
    log.push([usePlayback().frame, id, rounded(useTime()), rounded(thread.fixed)]);
    switch (kind) {
      case 'yield':
        yield;
        break;
      case 'log':
        break;
      case 'wait':
        yield* waitFor(seconds);
        break;
      case 'waitAfter':
        yield* waitFor(seconds, task(step.body!));
        break;
      case 'tween':
        yield* tween(
          seconds,
          (value, time) => log.push(['tween', id, rounded(value), rounded(time)]),
          (value, time) => log.push(['tweened', id, value, time]),
        );
        break;
      case 'signal': {
        const signal = createSignal(0);
        yield* signal(1, seconds)
          .wait(seconds / 2)
          .to(5, seconds)
          .back(seconds / 3)
          .do(() => log.push(['signal', id, signal()]));
        break;
      }
      case 'promise':
        log.push(['promise', yield Promise.resolve(id)]);
        break;
      case 'fork':
        started.push(yield task(step.body!));
        break;
      case 'spawn':
        started.push(count > 1 ? spawn(task(step.body!)) : spawn(() => task(step.body!)));
        break;
      case 'delegate':
        yield* task(step.body!);
        break;
      case 'run':
        yield* run(`task ${id}`, () => task(step.body!));
        break;
      case 'all':
        yield* all(...step.bodies!.map(task));
        break;
      case 'any':
        yield* any(...step.bodies!.map(task));
        break;
      case 'chain':
        yield* chain(...step.bodies!.map(task), () => log.push(['chain', id]));
        break;
      case 'sequence':
        yield* sequence(seconds, ...step.bodies!.map(task));
        break;
      case 'delay':
        yield* delay(seconds, count > 0 ? task(step.body!) : () => log.push(['delay', id]));
        break;
      case 'loop':
        yield* loop(count, index => {
          log.push(['loop', id, index]);
          if (which > 0) return task(step.body!);
        });
        break;
      case 'loopFor':
        yield* loopFor(seconds, index => {
          log.push(['loopFor', id, index]);
          if (which > 0) return task([...step.body!, {...step, kind: 'yield', id: 0}]);
        });
        break;
      case 'cancel':
        if (started.length > 0) cancel(started[which % started.length]);
        break;
      case 'join':
        if (started.length > 0) yield* join(...started);
        break;
      case 'pause': {
        const child = thread.children[which];
        if (child !== undefined) {
          child.pause(true);
          yield;
          yield;
          child.pause(false);
        }
        break;
      }
      case 'every': {
        const timer = every(seconds, tick => log.push(['every', id, tick]));
        started.push(yield timer.runner);
        yield;
        yield* timer.sync();
        cancel(timer.runner);
        break;
      }
      case 'spring':
        yield* spring(StrikeSpring, 0, count, value => log.push(['spring', id, Math.round(value * 1e6) / 1e6]));
        break;
      case 'reuse':
        if (started.length > 0) log.push(['reuse', id, (yield started[0]) === started[0]]);
        break;
    }
  }
  log.push(['end', usePlayback().frame]);
}
