import {
  AsyncEventDispatcher,
  BBox,
  beginSlide,
  endPlayback,
  endScene,
  endThread,
  EventDispatcher,
  EventDispatcherBase,
  LifecycleEvents,
  PlaybackStatus,
  SceneRenderEvent,
  Shaders,
  Slides,
  startPlayback,
  startScene,
  startThread,
  Subscribable,
  SubscribableValueEvent,
  Thread,
  threads,
  useContext,
  useContextAfter,
  usePlayback,
  useScene,
  useThread,
  ValueDispatcher,
  Variables,
  Vector2,
  waitFor,
  zoomOutTransition,
} from '../../core/index';
import type {Scene, ThreadGenerator} from '../../core/index';
import {openPlayer} from '../../player/index';
import {equal, near, ok, rejects, test, throws} from '../harness';
import {logs} from './host';
import {duration, play, playback, project, scene} from './scene';

/** Runs a scene by itself and hands it over when it has ended. */
async function lone(config: () => ThreadGenerator): Promise<Scene> {
  const manager = playback(10, config);
  await manager.recalculate();
  return manager.currentScene;
}

test('a scene tells what it is', async () => {
  let seen: unknown[] = [];
  await play(10, function* () {
    const own = useScene();
    seen = [
      own.name,
      own.getSize().toString(),
      own.getRealSize().toString(),
      own.firstFrame,
      own.lastFrame,
      own.previous,
      own.previousOnTop,
      own.isFinished(),
      own.canTransitionOut(),
      own.isAfterTransitionIn(),
      own.experimentalFeatures,
    ];
    const {fps, time, frame, deltaTime, speed} = usePlayback();
    seen.push(fps, time, frame, deltaTime, speed, usePlayback().secondsToFrames(0.25), usePlayback().framesToSeconds(3));
    yield;
    seen.push(usePlayback().time);
  });
  equal(seen, [
    'scene0',
    'Vector2(1920, 1080)',
    'Vector2(1920, 1080)',
    0,
    0,
    null,
    false,
    false,
    false,
    true,
    false,
    10,
    0,
    0,
    0.1,
    1,
    3,
    0.3,
    0.1,
  ]);
});

test('states change as in the reference', async () => {
  const seen: boolean[] = [];
  logs.length = 0;
  await play(10, function* () {
    const own = useScene();
    own.enterInitial();
    seen.push(own.isAfterTransitionIn());
    own.enterAfterTransitionIn();
    seen.push(own.isAfterTransitionIn());
    own.enterCanTransitionOut();
    seen.push(own.isAfterTransitionIn(), own.canTransitionOut());
    own.enterInitial();
    seen.push(own.canTransitionOut());
  });
  equal(seen, [false, true, false, true, true]);
  equal(
    logs.map(([level]) => level),
    ['warn'],
  );
});

test('a dry run tells the lengths of scenes', async () => {
  const manager = playback(
    10,
    function* () {
      yield* waitFor(0.5);
    },
    function* () {
      yield* beginSlide('end');
      yield* waitFor(0.5);
    },
  );
  const events: string[] = [];
  const first = manager.currentScene;
  ok(!first.isCached(), 'cached too early');
  first.onReloaded.subscribe(() => events.push('reloaded'));
  first.onReset.subscribe(() => events.push('reset'));
  first.onRecalculated.subscribe(() => events.push('recalculated'));
  first.onCacheChanged.subscribe(({duration}) => events.push(`duration ${duration}`), false);
  manager.onSceneChanged.subscribe(({name}) => events.push(name), false);
  await manager.recalculate();
  equal(events, ['scene0', 'reset', 'duration 4', 'recalculated', 'scene1']);
  ok(first.isCached(), 'not cached');
  equal(first.onCacheChanged.current, {firstFrame: 0, lastFrame: 4, transitionDuration: 0, duration: 4});
  equal(
    manager.onScenesRecalculated.current.map(({firstFrame, lastFrame}) => [firstFrame, lastFrame]),
    [
      [0, 4],
      [4, 9],
    ],
  );
  equal(
    manager.slides.map(({id, name, time}) => [id, name, time]),
    [['scene1:end', 'end', 0]],
  );
  events.length = 0;
  manager.reload({size: new Vector2(100, 50), resolutionScale: 2});
  equal([events, first.getRealSize().toString(), first.isCached()], [['reloaded'], 'Vector2(200, 100)', false]);
});

test('seeking goes to a scene without playing those before', async () => {
  const log: string[] = [];
  const part = (name: string) =>
    function* () {
      log.push(name);
      yield* waitFor(0.5);
      log.push(`${name} end`);
    };
  const manager = playback(10, part('a'), part('b'));
  await manager.recalculate();
  for (const [frame, played, at, name, ended] of [
    [0, ['a'], 0, 'scene0', false],
    [3, [], 3, 'scene0', false],
    [5, ['b'], 5, 'scene1', false],
    [7, [], 7, 'scene1', false],
    [50, ['b', 'b end'], 8, 'scene1', true],
  ] as const) {
    log.length = 0;
    const finished = await manager.seek(frame);
    equal([log, manager.frame, manager.currentScene.name, finished], [played, at, name, ended], `seek(${frame})`);
  }
});

test('a scene cannot be drawn on a canvas', async () => {
  const own = await lone(function* () {
    yield;
  });
  await rejects(() => (own as any).render({}), 'the host draws');
  const shaders = new Shaders(own);
  throws(() => shaders.getGL(), 'filters');
  throws(() => own.shaders.getProgram(''), 'filters');
});

test('slides are recorded and never waited at', async () => {
  logs.length = 0;
  const times: number[] = [];
  const own = await lone(function* () {
    yield* beginSlide('a');
    times.push(useThread().fixed);
    yield* waitFor(0.3);
    yield* beginSlide('b');
    yield* beginSlide('a');
  });
  equal(times, [0.1]);
  const {slides} = own;
  ok(slides instanceof Slides, 'kind');
  equal(
    slides.onChanged.current.map(({id}) => id),
    ['scene0:a', 'scene0:b'],
  );
  equal([slides.getCurrent()?.name, slides.isWaiting(), slides.didHappen('scene0:b')], ['a', false, true]);
  equal(
    logs.map(([level, message]) => [level, message]),
    [['warn', 'the slide `a` is begun more than once']],
  );
  await own.reset();
  equal(slides.didHappen('scene0:b'), false);
});

test('variables follow what they are set to', async () => {
  const variables = new Variables();
  const read = variables.get('a', 1);
  variables.updateSignals({a: 5, nothing: null});
  equal([read(), variables.get('a', 9)(), variables.get('nothing', 3)()], [5, 5, 3]);
  variables.updateSignals({a: null});
  equal([read(), variables.get('f', (() => 3) as unknown)()], [null, 3]);
});

test('moments of drawing are told', async () => {
  const seen: unknown[] = [];
  const player = openPlayer(
    project(
      scene('a', function* () {
        const {lifecycleEvents} = useScene();
        lifecycleEvents.onBeforeRender.subscribe(() => seen.push('before'));
        lifecycleEvents.onAfterRender.subscribe(() => seen.push('after'));
        useContext(() => seen.push('begin'));
        const stop = useContextAfter(() => seen.push('finish'));
        useScene().onRenderLifecycle.subscribe(([event]) => seen.push(event));
        yield;
        stop();
        yield;
      }),
    ),
    {fps: 10},
  );
  await player.start();
  player.views();
  equal(seen, [0, 'before', 1, 'begin', 2, 'finish', 3, 'after']);
  seen.length = 0;
  await player.next();
  player.views();
  equal(seen, [0, 'before', 1, 'begin', 2, 3, 'after']);
  const events = new LifecycleEvents();
  ok(events.isEmpty, 'empty');
  events.subscribe(SceneRenderEvent.BeginRender, () => {});
  ok(!events.isEmpty, 'not empty');
  events.clear();
  ok(events.isEmpty, 'cleared');
});

test('a zoom out of an area ends where the new scene fills the frame', async () => {
  const seen: number[][] = [];
  const player = openPlayer(
    project(
      scene('a', function* () {
        yield* waitFor(0.5);
      }),
      scene('b', function* () {
        yield* zoomOutTransition(new BBox(100, 50, 192, 216), 0.3);
      }),
    ),
    {fps: 10},
  );
  await player.start();
  let ended = false;
  while (!ended) {
    ended = await player.next();
    const views = player.views();
    if (views.length === 2) seen.push([views[1].alpha, ...views[1].transform, ...views[0].transform]);
  }
  near(
    seen[0],
    [0, 10, 0, 0, 5, -1000, -250, 1, 0, 0, 1, 0, 0],
    1e-9,
    'start',
  );
  ok(seen.length === 3, `${seen.length} frames of transition`);
});

test('events are received as in the reference', async () => {
  class Own extends EventDispatcherBase<number> {
    public send(value: number): unknown[] {
      return this.notifySubscribers(value);
    }
  }
  const own = new Own();
  ok(own.subscribable === own.subscribable && own.subscribable instanceof Subscribable, 'subscribable');
  own.subscribe(value => value * 2);
  equal(own.send(4), [8]);
  own.clear();
  equal(own.send(4), []);

  const log: string[] = [];
  const event = new EventDispatcher<void>();
  const second = () => log.push('b');
  event.subscribe(() => {
    log.push('a');
    event.unsubscribe(second);
  });
  event.subscribe(second);
  event.dispatch();
  event.dispatch();
  equal(log, ['a', 'b', 'a']);

  const value = new ValueDispatcher(1);
  ok(value.subscribable instanceof SubscribableValueEvent && value.subscribable.current === 1, 'value event');
  const late = new AsyncEventDispatcher<number>();
  const done: number[] = [];
  late.subscribe(async number => {
    await Promise.resolve();
    done.push(number);
  });
  await late.dispatch(3);
  equal(done, [3]);
});

test('threads can be run by hand', () => {
  const manager = playback(10, function* () {});
  const status = new PlaybackStatus(manager);
  const own = manager.currentScene;
  startScene(own);
  startPlayback(status);
  try {
    ok(useScene() === own && usePlayback() === status, 'context');
    const seen: unknown[] = [];
    let root: Thread | null = null;
    const runner = threads(
      function* (): ThreadGenerator {
        const thread = useThread();
        seen.push(thread === root, thread.parent, thread.value, thread.time(), thread.fixed, thread.canceled, thread.paused);
        const task: ThreadGenerator = yield waitFor(1);
        const [child] = thread.children;
        seen.push(child.parent === thread, child.runner === task, (task as any).task === child);
        child.pause(true);
        yield;
        seen.push(child.paused, thread.paused, child.time(), thread.time());
        child.cancel();
        seen.push(child.canceled, thread.children.length);
        yield;
        seen.push(thread.children.length);
      },
      thread => {
        root = thread;
      },
    );
    let frames = 0;
    while (!runner.next().done) frames++;
    equal(frames, 2);
    equal(seen.slice(0, 7), [true, null, undefined, 0, 0, false, false]);
    equal(seen.slice(7, 10), [true, true, true]);
    equal(seen.slice(10), [true, false, 0.1, 0.1, true, 1, 0]);
    const thread = new Thread(waitFor(1));
    startThread(thread);
    ok(useThread() === thread, 'thread');
    thread.time(5);
    equal([thread.time(), thread.fixed], [5, 0]);
    endThread(thread);
    throws(() => endThread(thread), 'pairs');
  } finally {
    endPlayback(status);
    endScene(own);
  }
  throws(() => endScene(own), 'pairs');
});

test('a transition that never ends is given up at the end of the film', async () => {
  equal(
    await duration(
      10,
      function* () {
        yield* waitFor(0.5);
      },
      function* () {
        useScene().enterInitial();
        yield* waitFor(0.3);
      },
    ),
    6,
  );
});
