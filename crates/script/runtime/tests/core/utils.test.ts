import {
  boolLerp,
  capitalize,
  clampRemap,
  createRef,
  createRefArray,
  createRefMap,
  decorate,
  deepLerp,
  deprecate,
  DetailedError,
  errorToLog,
  EventDispatcher,
  FlagDispatcher,
  lazy,
  Logger,
  makeProject,
  makeRef,
  getFullRenderingSettings,
  getTaskName,
  range,
  Semaphore,
  threadable,
  ValueDispatcher,
  Vector2,
} from '../../core/index';
import type {ThreadGenerator} from '../../core/index';
import {equal, ok, test, throws} from '../harness';

test('references', () => {
  const ref = createRef<number>();
  equal(ref(), undefined);
  ref(5);
  equal(ref(), 5);
  const target = {value: 0};
  makeRef(target, 'value')(7);
  equal(target.value, 7);
});

test('reference arrays are arrays and receivers', () => {
  const refs = createRefArray<string>();
  refs('a');
  refs('b');
  equal([refs(), refs.length, refs[1]], ['a', 2, 'b']);
  equal(
    refs.map(item => item + item),
    ['aa', 'bb'],
  );
  equal([...refs], ['a', 'b']);
  refs.push('c');
  equal(refs.slice(1), ['b', 'c']);
});

test('reference maps make references by name', () => {
  const refs = createRefMap<number>();
  ok(!('a' in refs), 'made too early');
  refs.a(1);
  refs.b(2);
  ok('a' in refs && !('c' in refs), 'membership');
  equal([refs.a(), refs.b()], [1, 2]);
  equal(
    refs.mapRefs((value, index) => value * 10 + index),
    [10, 21],
  );
  equal(refs.size, 2);
  equal([...refs.keys()], ['a', 'b']);
});

test('ranges', () => {
  equal(range(3), [0, 1, 2]);
  equal(range(2, 5), [2, 3, 4]);
  equal(range(3, 0), [3, 2, 1]);
  equal(range(0, 1, 0.25), [0, 0.25, 0.5, 0.75]);
  equal(range(-2), [0, -1]);
  throws(() => range(0, 1, 0), 'step');
});

test('deepLerp goes by kind', () => {
  equal(deepLerp(0, 10, 0.5), 5);
  equal(deepLerp('', 'hello', 0.5), 'hel');
  equal([boolLerp(1, 2, 0.49), boolLerp(1, 2, 0.5)], [1, 2]);
  equal(deepLerp([0, 10], [10, 20], 0.5), [5, 15]);
  equal(deepLerp([0], [10, 20], 0.5), [10, 20]);
  equal(deepLerp({a: 0, b: 1}, {a: 10, c: 1}, 0.5), {a: 5});
  equal(deepLerp({a: 0}, {a: 10, c: 1}, 1), {a: 10, c: 1});
  equal([...deepLerp(new Map([['a', 0]]), new Map([['a', 10]]), 0.5)], [['a', 5]]);
  equal((deepLerp(new Vector2(0), new Vector2(10), 0.5) as Vector2).x, 5);
  equal(deepLerp(undefined, 5, 0.5), undefined);
  equal(clampRemap(0.1, 0.5, 1, 0, 0.9), 0);
});

test('events', () => {
  const seen: unknown[] = [];
  const event = new EventDispatcher<number>();
  const stop = event.subscribable.subscribe(value => seen.push(value));
  event.dispatch(1);
  stop();
  event.dispatch(2);
  const value = new ValueDispatcher('a');
  value.subscribable.subscribe(current => seen.push(current));
  value.subscribable.subscribe(current => seen.push(current), false);
  value.current = 'b';
  const flag = new FlagDispatcher();
  flag.raise();
  flag.subscribe(() => seen.push('raised'));
  flag.raise();
  flag.reset();
  flag.raise();
  equal(seen, [1, 'a', 'b', 'b', 'raised', 'raised']);
});

test('decorators', () => {
  function* task(): ThreadGenerator {}
  decorate(task, threadable());
  equal(getTaskName(task()), 'task');
  decorate(task, threadable('other'));
  equal(getTaskName(task()), 'other');
  let runs = 0;
  class Thing {
    declare public static value: number;
  }
  lazy(() => ++runs)(Thing, 'value');
  equal([Thing.value, Thing.value, runs], [1, 1, 1]);
});

test('logs carry what was thrown', () => {
  const error = new DetailedError({message: 'm', remarks: 'r', inspect: 'node'});
  const log = errorToLog(error);
  ok(log.cause === error && log.stack === error.stack, 'cause');
  equal([log.message, log.remarks, log.inspect], ['m', 'r', 'node']);
  equal(errorToLog('text').message, 'text');
  const logger = new Logger();
  const levels: unknown[] = [];
  logger.onLogged.subscribe(payload => levels.push(payload.level));
  logger.silly('a');
  logger.warn({message: 'b'});
  equal(levels, ['silly', 'warn']);
  equal(logger.history.length, 2);
});

test('projects have defaults', () => {
  const project = makeProject({
    scenes: [],
    settings: {shared: {size: [10, 20], background: null}, rendering: {fps: 60}},
  });
  equal(project.name, 'project');
  const full = getFullRenderingSettings(project);
  equal([full.fps, full.resolutionScale, full.size.x, full.background.hex()], [60, 1, 10, '#000000ff']);
  equal(full.exporter, {name: '@revideo/core/wasm'});
  throws(() => makeProject({} as never), 'scenes');
});

test('small things', async () => {
  equal(capitalize('width'), 'Width');
  let calls = 0;
  const old = deprecate(() => ++calls, 'old');
  equal([old(), old()], [1, 2]);
  const semaphore = new Semaphore();
  const order: number[] = [];
  const section = async (id: number) => {
    await semaphore.acquire();
    order.push(id);
    await Promise.resolve();
    order.push(id);
    semaphore.release();
  };
  await Promise.all([section(1), section(2)]);
  equal(order, [1, 1, 2, 2]);
});
