import {
  CircularSignalError,
  Color,
  CompoundSignalContext,
  ComputedContext,
  createComputed,
  createComputedAsync,
  createDeferredEffect,
  createEffect,
  createSignal,
  DEFAULT,
  DependencyContext,
  EffectContext,
  isReactive,
  linear,
  modify,
  SignalContext,
  Spacing,
  BBox,
  unwrap,
  Vector2,
  waitFor,
} from '../../core/index';
import type {SimpleSignal} from '../../core/index';
import {equal, near, ok, test, throws} from '../harness';
import {logs} from './host';
import {play, playback} from './scene';

test('signals read, set, reset and save', () => {
  const signal = createSignal(1);
  equal(signal(), 1);
  equal(signal(2), undefined, 'no owner');
  equal(signal(), 2);
  ok(!signal.isInitial(), 'still initial');
  signal(DEFAULT);
  ok(signal.isInitial(), 'not initial');
  const other = createSignal(3);
  signal(() => other() * 2);
  ok(isReactive(signal.context.raw()!), 'raw value is not the function');
  signal.save();
  other(10);
  equal(signal(), 6, 'saved');
  signal.reset();
  equal(signal(), 1, 'reset');
  const empty = createSignal<number>();
  empty(4);
  empty.reset();
  equal(empty(), 4, 'nothing to reset to');
  equal(createSignal(0, undefined, 'owner')(5), 'owner', 'owner');
});

test('reactive values are computed lazily and once', () => {
  let runs = 0;
  const source = createSignal(1);
  const double = createSignal(() => {
    runs++;
    return source() * 2;
  });
  equal(runs, 0);
  equal([double(), double(), runs], [2, 2, 1]);
  source(1);
  equal([double(), runs], [2, 1], 'the identical value changes nothing');
  source(5);
  source(6);
  equal([double(), runs], [12, 2]);
});

test('a dependency that is no longer read does not count', () => {
  let runs = 0;
  const which = createSignal(true);
  const a = createSignal('a');
  const b = createSignal('b');
  const computed = createComputed(() => {
    runs++;
    return which() ? a() : b();
  });
  equal(computed(), 'a');
  b('b2');
  equal([computed(), runs], ['a', 1], 'b is not read');
  which(false);
  equal([computed(), runs], ['b2', 2]);
  a('a2');
  equal([computed(), runs], ['b2', 2], 'a is not read any more');
  b('b3');
  equal([computed(), runs], ['b3', 3]);
});

test('a diamond computes its end once', () => {
  let runs = 0;
  const top = createSignal(1);
  const left = createComputed(() => top() + 1);
  const right = createComputed(() => top() * 10);
  const end = createComputed(() => {
    runs++;
    return left() + right();
  });
  equal(end(), 12);
  top(2);
  equal([end(), end(), runs], [23, 23, 2]);
});

test('many dependents of one signal are all told', () => {
  const source = createSignal(0);
  const all = Array.from({length: 500}, (_, index) => createComputed(() => source() + index));
  for (let round = 1; round < 5; round++) {
    source(round);
    equal(
      all.map(computed => computed()),
      all.map((_, index) => round + index),
    );
  }
  // Vertices that were read once and never again are swept away.
  for (let index = 0; index < 10000; index++) {
    const once = createComputed(() => source());
    once();
    once.context.dispose();
  }
  const {$$rest: rest} = source.context as any;
  ok(rest.size < 2000, `${rest.size} dependents are still kept`);
});

test('a watcher is told once until it reads again', () => {
  class Watcher extends DependencyContext<void> {
    public calls = 0;
    public override markDirty(): void {
      this.calls++;
    }
    public read(...signals: SimpleSignal<number>[]): number {
      this.startCollecting();
      try {
        return signals.reduce((sum, signal) => sum + signal(), 0);
      } finally {
        this.finishCollecting();
      }
    }
  }
  const a = createSignal(1);
  const b = createSignal(() => a() * 2);
  const watcher = new Watcher(undefined);
  equal(watcher.read(a, b), 3);
  a(2);
  a(3);
  equal(watcher.calls, 1);
  equal(watcher.read(a, b), 9);
  a(4);
  equal(watcher.calls, 2);
  watcher.dispose();
  a(5);
  equal(watcher.calls, 2, 'disposed');
});

test('an error in a reactive value is logged and the former value kept', async () => {
  const source = createSignal(1);
  const signal = createSignal(() => {
    if (source() > 1) throw new Error('too much');
    return source();
  });
  logs.length = 0;
  let value = 0;
  await play(30, function* () {
    signal();
    source(2);
    value = signal();
    signal();
  });
  equal(value, 1);
  const errors = logs.filter(([level]) => level === 'error');
  equal(
    errors.map(([, message]) => message),
    ['too much'],
  );
  ok(errors[0][2]!.includes('at '), 'the stack is lost');
});

test('a cycle is an error that names it', async () => {
  class Box {
    public key = 'box';
    public width: SimpleSignal<number, Box> = createSignal<number, Box>(() => this.height(), undefined, this);
    public height: SimpleSignal<number, Box> = createSignal<number, Box>(() => this.width(), undefined, this);
  }
  logs.length = 0;
  await play(30, function* () {
    new Box().width();
  });
  equal(
    logs.filter(([level]) => level === 'error').map(([, message]) => message),
    ['signal `box.width` depends on itself: box.width -> box.height -> box.width'],
  );
  ok(new CircularSignalError(['a', 'a']) instanceof Error, 'kind');
});

test('a vector signal has components', () => {
  const signal = Vector2.createSignal([1, 2]);
  equal(signal().serialize(), {x: 1, y: 2});
  signal.x(5);
  equal(signal().serialize(), {x: 5, y: 2});
  const source = createSignal(3);
  signal(() => [source(), source() * 2]);
  equal(signal().serialize(), {x: 3, y: 6});
  source(4);
  equal([signal.x(), signal.y()], [4, 8]);
  ok(isReactive(signal.context.raw()!), 'raw value is not reactive');
  signal.y(1);
  equal(signal().serialize(), {x: 4, y: 1});
  signal.save();
  source(7);
  equal(signal().serialize(), {x: 4, y: 1}, 'saved');
  ok(!signal.isInitial(), 'initial');
  signal.reset();
  equal(signal().serialize(), {x: 1, y: 2});
  ok(signal.isInitial(), 'not initial');
  ok(signal.x(2) === (signal as any), 'a component returns the compound');
  const owned = Vector2.createSignal(0, Vector2.lerp, 'node');
  equal([owned(1), owned.x(2)], ['node', 'node']);
  equal(Spacing.createSignal([1, 2])().serialize(), {top: 1, right: 2, bottom: 1, left: 2});
  equal(BBox.createSignal([1, 2, 3, 4])().serialize(), {x: 1, y: 2, width: 3, height: 4});
});

test('a compound signal without a value is made of nothing', () => {
  const vector = Vector2.createSignal();
  equal([vector().serialize(), vector.isInitial(), vector.context.getInitial()], [{x: 0, y: 0}, true, undefined]);
  const source = createSignal(3);
  const reactive = Vector2.createSignal(() => source());
  equal(reactive().serialize(), {x: 3, y: 3});
  source(4);
  reactive.x(1);
  equal(reactive().serialize(), {x: 1, y: 4});
  reactive.reset();
  equal(reactive().serialize(), {x: 4, y: 4});
  reactive([1, 2]);
  reactive(DEFAULT);
  equal(reactive().serialize(), {x: 4, y: 4});
  reactive.y(9);
  reactive.y(DEFAULT);
  equal(reactive.y(), 4);
});

test('compound signals can be made of components that exist', () => {
  const x = createSignal(1);
  const context = new CompoundSignalContext<any, Vector2, 'x' | 'y', string>(
    [['x', x], 'y'],
    value => new Vector2(value),
    [5, 6],
    Vector2.lerp,
    'owner',
  );
  const signal = context.toSignal();
  equal([signal().serialize(), (signal.x as unknown) === x, signal.y(3)], [{x: 1, y: 6}, true, 'owner']);
  x(2);
  equal(signal().serialize(), {x: 2, y: 3});
  equal(context.toSignal() === signal, true);
});

test('what a computation changes itself does not make it old', () => {
  const counter = createSignal(1);
  const doubled = createComputed(() => counter() * 2);
  const computed = createComputed(() => {
    const before = doubled();
    counter(counter() + 1);
    return before;
  });
  equal([computed(), computed(), counter()], [2, 2, 2]);
  counter(5);
  equal([computed(), counter()], [10, 6], 'it depends on the counter all the same');
  const reactive = createSignal(() => {
    counter(counter() + 1);
    return counter();
  });
  equal([reactive(), reactive()], [7, 7]);
  const seen: number[] = [];
  createEffect(() => {
    seen.push(counter());
    if (counter() < 100) counter(counter() + 1);
  });
  equal([seen, counter()], [[7], 8]);
  counter(100);
  equal(seen, [7, 100]);
});

test('a computed is one callable with a context', async () => {
  const owner = {};
  const context = new ComputedContext((a: number, b: number) => a + b, owner);
  const computed = context.toSignal();
  ok(context.toSignal() === computed && computed.context === context, 'identity');
  equal([computed(1, 2), computed(5, 5)], [3, 3], 'arguments do not count');
  ok((await computed.toPromise()) === computed, 'toPromise');
  context.dispose();
  equal(computed(2, 2), 4);
});

test('arguments and the owner reach every kind of function', () => {
  const call = (factory: (...args: any[]) => unknown, owner?: unknown) => createComputed(factory, owner)(1, 2);
  equal(call((...all) => all), [1, 2]);
  equal(call((first = 7) => first), 1);
  equal(call(({length} = 'seven' as any, ...rest) => [length, rest]), [undefined, [2]]);
  equal(
    call(function () {
      return [...arguments];
    }),
    [1, 2],
  );
  equal(
    call(function (this: any) {
      return this.name;
    }, {name: 'owner'}),
    'owner',
  );
  equal(
    (function (this: any, ..._: number[]) {
      return call(() => [this, ...arguments], {name: 'owner'});
    }).call('outer', 3, 4),
    ['outer', 3, 4],
  );
  const bound = function (this: any, ...all: number[]) {
    return [this, ...all];
  }.bind('bound');
  equal(call(bound), ['bound', 1, 2]);
  equal(call(Math.max), 2);
});

test('subclasses decide what a call does', () => {
  class Loud extends SignalContext<number, number, void> {
    protected override invoke(value?: any): any {
      return value === undefined ? `${this.get()}!` : this.set(value + 1);
    }
  }
  const signal: any = new Loud(1).toSignal();
  signal(5);
  equal(signal(), '6!');
});

test('a colour signal parses what it is given', () => {
  const signal = Color.createSignal('red');
  equal(signal().hex(), '#ff0000ff');
  signal(0x00ff00);
  equal(signal().hex(), '#00ff00ff');
  throws(() => signal('rouge'), 'Invalid color string value provided: rouge');
});

test('tweens chain', async () => {
  const signal = createSignal(0);
  const seen: number[] = [];
  const calls: string[] = [];
  await play(
    10,
    function* () {
      const task = signal(10, 0.5, linear)
        .wait(0.2)
        .do(() => calls.push('done'))
        .to(20, 0.5)
        .run(
          (function* () {
            calls.push('run');
            yield* waitFor(0.1);
          })(),
        )
        .back(0.5);
      ok(!signal.context.isTweening(), 'tweening before the start');
      yield* task;
      ok(!signal.context.isTweening(), 'tweening after the end');
    },
    () => seen.push(signal()),
  );
  equal(calls, ['done', 'run']);
  near(seen.slice(0, 7), [0, 2, 4, 6, 8, 10, 10], 1e-9, 'first part');
  equal(Math.max(...seen), 20);
  equal(seen.at(-1), 0);
});

test('tween targets may be reactive or DEFAULT', async () => {
  const target = createSignal(10);
  const signal = createSignal(0);
  await play(30, function* () {
    yield* signal(() => target(), 0.1);
    equal(signal(), 10);
    target(20);
    equal(signal(), 20, 'stays reactive');
    yield* signal(DEFAULT, 0.1);
    equal(signal(), 0);
  });
});

test('extensions take the place of getter, setter and tweener', () => {
  const log: unknown[] = [];
  const context: SignalContext<number, number, string> = new SignalContext<number, number, string>(
    1,
    (a, b, t) => a + (b - a) * t,
    'owner',
    value => value * 2,
    {getter: () => context.getter() + 1, setter: value => log.push(value) && context.setter(value)},
  );
  const signal = context.toSignal();
  equal(signal(), 3);
  equal(signal(5), 'owner');
  equal([signal(), log], [11, [5]]);
});

test('helpers for signal values', () => {
  equal(
    unwrap(() => 3),
    3,
  );
  equal(unwrap(3), 3);
  equal(
    modify(2, value => value * 2),
    4,
  );
  equal(
    (
      modify(
        () => 2,
        value => value * 2,
      ) as () => number
    )(),
    4,
  );
});

test('an asynchronous computed yields its value once it is there', async () => {
  const source = createSignal(2);
  const computed = createComputedAsync(async () => source() * 10, -1);
  equal(computed(), -1);
  ok(DependencyContext.hasPromises(), 'nothing is pending');
  await (computed as any).toPromise();
  equal(computed(), 20);
  source(3);
  equal(computed(), 20);
  await DependencyContext.consumePromises();
  equal(computed(), 30);
});

test('an effect can be made by hand', () => {
  let runs = 0;
  const source = createSignal(1);
  const effect = new EffectContext(() => {
    runs += source();
  }, false);
  source(2);
  effect.dispose();
  source(3);
  equal(runs, 3);
});

test('effects follow their signals', async () => {
  const source = createSignal(1);
  const seen: number[] = [];
  const stop = createEffect(() => {
    seen.push(source());
  });
  source(2);
  source(3);
  stop();
  source(4);
  equal(seen, [1, 2, 3]);

  const deferred: number[] = [];
  await play(30, function* () {
    const end = createDeferredEffect(() => {
      deferred.push(source());
    });
    source(5);
    source(6);
    yield;
    yield;
    source(7);
    yield;
    end();
    source(8);
  });
  equal(deferred, [6, 7]);
});

test('promises and promisables are awaited without taking a frame', async () => {
  const frames: number[] = [];
  const manager = playback(30, function* () {
    const value: number = yield Promise.resolve(7);
    const signal = createSignal(value);
    const answer: unknown = yield signal;
    ok(answer === signal, 'a signal resolves to itself');
    frames.push(manager.frame, signal());
  });
  await manager.reset();
  equal(frames, [0, 7]);
});
