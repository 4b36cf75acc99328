import {
  all,
  BBox,
  cancel,
  Color,
  createSignal,
  DEFAULT,
  easeInOutCubic,
  easeOutBack,
  linear,
  Spacing,
  tween,
  useThread,
  useTime,
  Vector2,
  waitFor,
} from '../../core/index';
import type {ThreadGenerator} from '../../core/index';
import {equal, near, ok, test} from '../harness';
import {logs} from './host';
import {duration, play} from './scene';

/** Drives a task by hand: what it yields is not passed on. */
function* driven(task: ThreadGenerator): ThreadGenerator {
  while (!task.next().done) yield;
}

test('tasks driven by hand take the frames they take anyway', async () => {
  const make = (): ThreadGenerator[] => {
    const signal = createSignal(0);
    return [
      waitFor(0.5),
      tween(0.3, () => {}),
      signal(1, 0.4).wait(0.2).back(0.1),
      all(waitFor(0.2), signal(3, 0.3)),
    ];
  };
  for (const [index, task] of make().entries()) {
    let plain = 0;
    let byHand = 0;
    plain = await duration(30, function* () {
      yield* make()[index];
    });
    byHand = await duration(30, function* () {
      // What `all` starts has to reach the scheduler.
      if (index === 3) yield* task;
      else yield* driven(task);
    });
    equal(byHand, plain, `task ${index}`);
  }
});

test('what a task yields may be passed on', async () => {
  const seen: number[] = [];
  await play(10, function* () {
    const signal = createSignal(0);
    for (const step of signal(1, 0.3, linear)) {
      seen.push(signal());
      yield step as never;
    }
    seen.push(signal());
  });
  // The task is resumed only once no frame has to pass.
  equal(seen, [0, 1]);
});

test('what a callback throws is thrown within the task', async () => {
  const caught: string[] = [];
  let thread: unknown = null;
  await play(10, function* () {
    const own = useThread();
    try {
      yield* tween(1, value => {
        thread = useThread();
        if (value > 0.3) throw new Error(`at ${value.toFixed(1)}`);
      });
    } catch (error: any) {
      caught.push(error.message);
    }
    ok(thread === own, 'another thread');
    const signal = createSignal(0);
    try {
      yield* signal(1, 1, t => {
        if (t > 0.45) throw new Error('no timing');
        return t;
      });
    } catch (error: any) {
      caught.push(error.message, signal().toFixed(1));
    }
    near(useTime(), 0.8, 1e-9);
    ok(!signal.context.isTweening(), 'still tweening');
  });
  equal(caught, ['at 0.3', 'no timing', '0.4']);
});

test('a stepped task can be cancelled and paused', async () => {
  const seen: number[] = [];
  await play(10, function* () {
    const signal = createSignal(0);
    const task: ThreadGenerator = yield signal(10, 1, linear);
    yield;
    yield;
    const [child] = useThread().children;
    child.pause(true);
    seen.push(signal());
    yield;
    yield;
    seen.push(signal(), child.time());
    child.pause(false);
    yield;
    seen.push(signal());
    cancel(task);
    yield;
    seen.push(signal());
    ok(!signal.context.isTweening(), 'still tweening');
  });
  near(seen, [2, 2, 0.3, 3, 3], 1e-9);
});

test('a task that delegates goes on in the frame in which its step ends', async () => {
  const log: string[] = [];
  function* outer(name: string, inner: ThreadGenerator): ThreadGenerator {
    yield* inner;
    log.push(`${name} ${useTime().toFixed(2)}`);
  }
  await play(10, function* () {
    yield* all(outer('a', outer('b', waitFor(0.25))), outer('c', outer('d', outer('e', waitFor(0.25)))));
  });
  equal(log, ['b 0.25', 'a 0.25', 'e 0.25', 'd 0.25', 'c 0.25']);
});

test('tweens along own curves set what those along the same curves of others set', async () => {
  const curves = [linear, easeInOutCubic, easeOutBack];
  for (const curve of curves) {
    const seen: unknown[][] = [[], []];
    for (const [index, timing] of [curve, (t: number) => curve(t)].entries()) {
      const number = createSignal(3);
      const vector = Vector2.createSignal([1, -2]);
      const spacing = Spacing.createSignal([1, 2, 3, 4]);
      const box = BBox.createSignal([1, 2, 3, 4]);
      const color = Color.createSignal('#e13238');
      const text = createSignal('abc');
      await play(
        30,
        function* () {
          yield* waitFor(0.05);
          yield* all(
            number(-1 / 3, 0.3, timing),
            vector([100 / 3, 7], 0.3, timing),
            spacing(9, 0.3, timing),
            box([9, 8, 7, 6], 0.3, timing),
            color('#2b7a', 0.3, timing),
            text('hello', 0.3, timing),
          );
        },
        () =>
          seen[index].push(
            number(),
            vector().serialize(),
            spacing().serialize(),
            box().serialize(),
            color().gl(),
            text(),
            number.context.raw(),
            vector.context.raw(),
            color.context.raw(),
          ),
      );
    }
    equal(seen[0], seen[1]);
    ok(seen[0].length > 50, 'too few frames');
  }
});

test('a colour on its way is what it is when it is read', async () => {
  const seen: string[] = [];
  const raw: boolean[] = [];
  await play(10, function* () {
    const color = Color.createSignal('black');
    const shown = createSignal(() => color().hex());
    // Runs before the tween in every frame: it sees the colour of the frame before.
    yield (function* () {
      while (true) {
        seen.push(shown());
        yield;
      }
    })();
    const task: ThreadGenerator = yield color('white', 0.4, linear);
    yield;
    yield;
    raw.push(color.isInitial(), color.context.raw() === color(), color.context.raw() instanceof Color);
    color('red');
    equal(color().hex(), '#ff0000ff');
    yield;
    color(() => 'blue');
    equal(color().hex(), '#0000ffff');
    yield;
    cancel(task);
    color(DEFAULT);
    raw.push(color.isInitial());
    color.save();
    color.reset();
    equal(color().hex(), '#000000ff');
    yield;
  });
  equal(seen.slice(0, 3), ['#000000ff', '#000000ff', '#3b3b3bff']);
  equal(raw, [false, true, true, true]);
  // A tween goes on over what is set meanwhile.
  equal(seen[3], '#ff0000ff');
});

test('lengths that are no numbers and ends that are not finite do no harm', async () => {
  logs.length = 0;
  await play(10, function* () {
    const signal = createSignal(0);
    yield* signal(Infinity, 0.2, linear);
    equal(signal(), Infinity);
    yield* signal(5, 0.2, linear);
    equal(signal(), 5);
  });
  equal(logs, []);
});
