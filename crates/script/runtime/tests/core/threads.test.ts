import {
  all,
  any,
  cancel,
  chain,
  createSignal,
  delay,
  every,
  getTaskName,
  join,
  loop,
  loopFor,
  loopUntil,
  noop,
  run,
  sequence,
  setTaskName,
  spawn,
  TimeEvents,
  tween,
  useDuration,
  usePlayback,
  useScene,
  useThread,
  useTime,
  waitFor,
  waitUntil,
} from '../../core/index';
import type {ThreadGenerator} from '../../core/index';
import {equal, near, ok, test} from '../harness';
import {logs} from './host';
import {duration, play} from './scene';

/** Notes a name once per frame. */
function* tick(log: string[], name: string, frames: number): ThreadGenerator {
  for (let index = 0; index < frames; index++) {
    log.push(name);
    yield;
  }
}

test('children run before their parents, in the order of their creation', async () => {
  const frames: string[][] = [];
  let log: string[] = [];
  await play(
    30,
    function* () {
      yield tick(log, 'a', 3);
      yield tick(log, 'b', 3);
      for (let index = 0; index < 3; index++) {
        log.push('root');
        yield;
      }
    },
    () => frames.push(log.splice(0)),
  );
  equal(frames.slice(0, 3), [
    ['a', 'b', 'root'],
    ['a', 'b', 'root'],
    ['a', 'b', 'root'],
  ]);
  log = [];
});

test('a spawned task starts with the next frame, before its parent', async () => {
  const frames: string[][] = [];
  const log: string[] = [];
  await play(
    30,
    function* () {
      spawn(tick(log, 'child', 2));
      log.push('root');
      yield;
      log.push('root');
      yield;
      yield;
    },
    () => frames.push(log.splice(0)),
  );
  equal(frames.slice(0, 3), [['root'], ['child', 'root'], ['child']]);
});

test('the end of a child is noticed in the same frame', async () => {
  equal(
    await duration(30, function* () {
      yield* all(waitFor(1), tick([], '', 10));
    }),
    30,
  );
  equal(
    await duration(30, function* () {
      yield* any(waitFor(1), tick([], '', 10));
    }),
    10,
  );
});

test('everything ends with the root', async () => {
  const log: string[] = [];
  equal(
    await duration(30, function* () {
      yield tick(log, 'a', 100);
      yield* tick([], '', 5);
    }),
    5,
  );
  equal(log.length, 6);
});

test('joining takes over the later or earlier clock', async () => {
  await play(60, function* () {
    yield* all(waitFor(0.1), waitFor(0.333));
    near(useTime(), 0.333, 1e-12, 'all');
    const start = useTime();
    yield* any(waitFor(0.1), waitFor(0.5));
    near(useTime(), start + 0.1, 1e-12, 'any');
    const task = waitFor(0.2);
    yield* join(task);
    near(useTime(), start + 0.1, 1e-12, 'a task that never ran');
    yield* join();
  });
});

test('a cancelled task stops, with its children', async () => {
  const log: string[] = [];
  let closed = false;
  await play(30, function* () {
    const task: ThreadGenerator = yield (function* (): ThreadGenerator {
      try {
        yield tick(log, 'grandchild', 100);
        yield* tick(log, 'child', 100);
      } finally {
        closed = true;
      }
    })();
    yield;
    cancel(task);
    yield;
    yield;
    yield* join(task);
  });
  ok(closed, 'the generator was not closed');
  equal(log, ['grandchild', 'child', 'grandchild', 'child']);
});

test('a cancelled task is joined at the time of its end', async () => {
  await play(30, function* () {
    const task: ThreadGenerator = yield waitFor(5);
    yield* waitFor(0.25);
    cancel(task);
    yield* join(task);
    near(useTime(), 0.25, 1e-12);
    const other: ThreadGenerator = yield (function* (): ThreadGenerator {
      yield;
      useThread().time(7);
    })();
    yield;
    cancel(other);
    yield* join(other);
    equal(useTime(), 7, 'what has ended keeps its time');
  });
});

test('a task can be paused', async () => {
  const log: string[] = [];
  const times: number[] = [];
  await play(30, function* () {
    const thread = useThread();
    yield (function* () {
      times.push(useTime());
      yield* tick(log, 'a', 3);
      times.push(useTime());
    })();
    thread.children[0].pause(true);
    yield;
    yield;
    thread.children[0].pause(false);
    yield* tick([], '', 5);
  });
  equal(log, ['a', 'a', 'a']);
  // Paused over the two frame boundaries in between.
  near(times, [0, 3 / 30], 1e-12);
});

test('running a task twice is an error', async () => {
  logs.length = 0;
  await play(30, function* () {
    const task = waitFor(1);
    yield task;
    yield task;
  });
  const errors = logs.filter(([level]) => level === 'error');
  equal(errors.length, 1);
  ok(errors[0][1].includes('cannot be run a second time'), errors[0][1]);
});

test('what cannot be awaited is given back with a warning', async () => {
  logs.length = 0;
  let answer: unknown;
  await play(30, function* () {
    answer = yield 5 as never;
  });
  equal(answer, 5);
  equal(
    logs.map(([level]) => level),
    ['warn'],
  );
});

test('chain, delay and sequence', async () => {
  const log: string[] = [];
  await play(30, function* () {
    yield* chain(
      waitFor(0.5),
      () => log.push('callback'),
      delay(0.5, () => log.push('delayed')),
    );
    near(useTime(), 1, 1e-12, 'chain');
    yield* sequence(0.2, waitFor(1), waitFor(1), noop());
    near(useTime(), 2.2, 1e-12, 'sequence');
  });
  equal(log, ['callback', 'delayed']);
});

test('sequence waits after the last task too', async () => {
  await play(30, function* () {
    yield* sequence(1, noop(), noop());
    near(useTime(), 2, 1e-12, 'time');
  });
});

test('loops', async () => {
  const log: number[] = [];
  await play(30, function* () {
    yield* loop(3, index => {
      log.push(index);
    });
    equal(usePlayback().frame, 3);
    yield* loop(2, () => waitFor(0.5));
    yield loop(() => waitFor(0.1));
    const start = useTime();
    yield* loopFor(1, () => waitFor(0.3));
    near(useTime(), start + 1, 1e-12, 'loopFor');
  });
  equal(log, [0, 1, 2]);
});

test('an endless loop on the root is refused', async () => {
  logs.length = 0;
  equal(
    await duration(30, function* () {
      yield* loop(() => waitFor(1));
    }),
    0,
  );
  ok(
    logs.some(([level, message]) => level === 'error' && message.includes('endless')),
    'no error',
  );
});

test('every ticks in whole frames', async () => {
  const ticks: [number, number][] = [];
  let synced = 0;
  await play(30, function* () {
    const timer = every(0.1, tick => ticks.push([usePlayback().frame, tick]));
    yield timer.runner;
    yield* waitFor(0.3);
    timer.setInterval(0.2);
    yield;
    yield* timer.sync();
    synced = usePlayback().frame;
  });
  equal(ticks.slice(0, 4), [
    [0, 0],
    [3, 1],
    [6, 2],
    [12, 3],
  ]);
  ok(
    ticks.some(([frame]) => frame === synced),
    `synced at ${synced}`,
  );
});

test('tasks have names', () => {
  function* unknown(): ThreadGenerator {}
  function* land(): ThreadGenerator {}
  const task = unknown();
  equal(getTaskName(run('fly', () => noop())), 'fly');
  equal(getTaskName(run(land)), 'land');
  equal(getTaskName(task), 'unknown generator');
  setTaskName(task, waitFor(1));
  equal([getTaskName(task), getTaskName(createSignal(0)(1, 1))], ['waitFor', 'animation chain']);
});

test('time events of Motion Canvas lie where they were put', async () => {
  logs.length = 0;
  const times: number[] = [];
  await play(10, function* () {
    const own = useScene();
    own.variables.updateSignals({timeEvents: {a: 1, b: 1.5, c: 2}});
    times.push(useDuration('a'));
    yield* waitUntil('a');
    times.push(useTime());
    yield* waitUntil('b');
    times.push(useTime());
    // The length found first stays.
    yield* waitUntil('a', waitFor(0.25));
    times.push(useTime());
    yield* loopUntil('c', () => waitFor(0.1));
    times.push(useTime());
    yield* waitUntil('nowhere');
    times.push(useTime());
    own.timeEvents.handleReset();
    times.push(useDuration('a'));
    ok(own.timeEvents instanceof TimeEvents, 'kind');
  });
  near(times, [1, 1, 1.5, 2.75, 2, 2, -1], 1e-12);
  equal(
    logs.map(([level, message]) => [level, message]),
    [['warn', 'the time event `nowhere` takes no time: nothing says when it is']],
  );
});

test('a tween of no seconds takes no frame', async () => {
  const calls: number[] = [];
  equal(
    await duration(30, function* () {
      yield* tween(0, value => calls.push(value));
    }),
    0,
  );
  equal(calls, [0, 1]);
});

test('time is a signal', async () => {
  const seen: number[] = [];
  await play(10, function* () {
    const thread = useThread();
    const doubled = createSignal(() => thread.time() * 2);
    yield (function* () {
      while (true) {
        seen.push(doubled());
        yield;
      }
    })();
    yield* tick([], '', 3);
  });
  // Children run first: the parent's clock is that of the frame.
  near(seen.slice(0, 3), [0, 0.2, 0.4], 1e-12);
});

test('a length that is no number counts as nothing, with a warning', async () => {
  logs.length = 0;
  await play(30, function* () {
    const signal = createSignal(0);
    yield* waitFor(NaN);
    yield* tween(NaN, () => {});
    yield* signal(1, 'x' as never);
    equal([useTime(), signal(), usePlayback().frame], [0, 1, 0]);
  });
  equal(
    logs.map(([level]) => level),
    ['warn', 'warn', 'warn'],
  );
});
