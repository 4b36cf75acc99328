import {
  BBox,
  createComputed,
  DetailedError,
  Direction,
  fadeTransition,
  finishScene,
  Random,
  slideTransition,
  useContext,
  useRandom,
  useScene,
  useTransition,
  waitFor,
  waitTransition,
  zoomInTransition,
} from '../../core/index';
import type {Project, SceneDescription} from '../../core/index';
import {openPlayer} from '../../player/index';
import type {PlacedView, Player} from '../../player/index';
import {equal, near, ok, rejects, test, throws} from '../harness';
import {answerAssets} from './host';
import {duration, project, scene} from './scene';
import type {TestScene} from './scene';

const WAIT = function* () {
  yield* waitFor(1);
};

function open(fps: number, ...scenes: SceneDescription[]): Player {
  return openPlayer(project(...scenes), {fps});
}

/** Plays to the end and returns the number of frames. */
async function frames(player: Player, look: (frame: number) => void = () => {}): Promise<number> {
  await player.start();
  look(0);
  for (let frame = 1; ; frame++) {
    const ended = await player.next();
    look(frame);
    if (ended) return frame + 1;
    if (frame > 5000) throw new Error('the film does not end');
  }
}

test('the header gives the settings', () => {
  const film: Project = project(scene('a', WAIT));
  equal(openPlayer(film, {fps: 24}).header(), {
    fps: 24,
    width: 1920,
    height: 1080,
    resolutionScale: 1,
    background: [1, 1, 1, 0],
    range: [0, Infinity],
  });
  const {width, height, resolutionScale} = openPlayer(film, {
    fps: 24,
    size: [100, 50],
    resolutionScale: 2,
  }).header();
  equal([width, height, resolutionScale], [100, 50, 2]);
});

test('a film of duration D has D+1 frames', async () => {
  for (const fps of [24, 30, 60]) {
    for (const functions of [[WAIT], [WAIT, WAIT], [WAIT, WAIT, WAIT]]) {
      const wanted = (await duration(fps, ...functions)) + 1;
      const scenes = functions.map((config, index) => scene(`scene${index}`, config));
      equal(await frames(open(fps, ...scenes)), wanted, `${functions.length} scenes at ${fps}`);
    }
  }
  equal(await frames(open(60, scene('a', WAIT), scene('b', WAIT))), 119);
});

test('a film of no length has two frames', async () => {
  equal(
    await frames(
      open(
        30,
        scene('empty', function* () {}),
      ),
    ),
    2,
  );
});

test('scenes of no length are passed by', async () => {
  const empty = function* () {};
  const player = open(30, scene('a', empty), scene('b', WAIT), scene('c', empty), scene('d', WAIT), scene('e', empty));
  const count = await frames(player);
  equal(count, (await duration(30, empty, WAIT, empty, WAIT, empty)) + 1);
  equal(player.scenes(), [
    {name: 'a', firstFrame: 0, frames: 0},
    {name: 'b', firstFrame: 0, frames: 30},
    {name: 'c', firstFrame: 30, frames: 0},
    {name: 'd', firstFrame: 30, frames: 30},
    {name: 'e', firstFrame: 60, frames: 1},
  ]);
});

test('a film ends when its last scene lets go', async () => {
  const count = await frames(
    open(
      30,
      scene('a', function* () {
        yield* waitFor(1);
        finishScene();
        yield* waitFor(1);
      }),
    ),
  );
  equal(count, 31);
});

test('scene spans are recorded on the way', async () => {
  const player = open(30, scene('a', WAIT), scene('b', WAIT));
  await frames(player);
  equal(player.scenes(), [
    {name: 'a', firstFrame: 0, frames: 30},
    {name: 'b', firstFrame: 30, frames: 31},
  ]);
});

test('a project without scenes is refused', () => {
  throws(() => open(30), 'has no scenes');
});

test('during a fade both scenes are shown, the new one on top', async () => {
  const seen: PlacedView[][] = [];
  const player = open(
    10,
    scene('a', WAIT),
    scene('b', function* () {
      yield* fadeTransition(0.4);
      yield* waitFor(0.3);
    }),
  );
  await frames(player, () => seen.push(player.views()));
  const first = seen[0][0].id;
  const fading = seen.filter(views => views.length === 2);
  equal(
    fading.map(views => views[0].id === first),
    fading.map(() => true),
    'the former scene is below',
  );
  near(
    fading.map(views => views[1].alpha),
    [0, 0.0625, 0.5, 0.9375],
    1e-9,
    'alpha',
  );
  equal(
    fading.map(views => views[0].alpha),
    fading.map(() => 1),
  );
  const last = seen.at(-1)!;
  equal([last.length, last[0].alpha, last[0].transform], [1, 1, [1, 0, 0, 1, 0, 0]]);
});

test('the former scene goes on during the transition', async () => {
  const log: string[] = [];
  await frames(
    open(
      10,
      scene('a', function* () {
        yield* waitFor(0.5);
        finishScene();
        while (true) {
          log.push('a');
          yield;
        }
      }),
      scene('b', function* () {
        yield* waitTransition(0.3);
        log.push('b');
        yield* waitFor(0.5);
      }),
    ),
  );
  equal(log, ['a', 'a', 'a', 'a', 'b'].slice(5 - log.length), 'order');
  ok(log.length >= 4, `the former scene stopped: ${log}`);
});

test('a slide moves both scenes', async () => {
  const seen: PlacedView[][] = [];
  const player = open(
    10,
    scene('a', WAIT),
    scene('b', function* () {
      yield* slideTransition(Direction.Left, 0.4);
      yield* waitFor(0.3);
    }),
  );
  await frames(player, () => seen.push(player.views()));
  const sliding = seen.filter(views => views.length === 2);
  near(
    sliding.map(views => views[1].transform[4]),
    [-1920, -1800, -960, -120],
    1e-6,
    'new scene',
  );
  near(
    sliding.map(views => views[0].transform[4]),
    [0, 120, 960, 1800],
    1e-6,
    'former scene',
  );
});

test('a zoom places the new scene in the area', async () => {
  const seen: PlacedView[][] = [];
  const player = open(
    10,
    scene('a', WAIT),
    scene('b', function* () {
      yield* zoomInTransition(new BBox(100, 50, 192, 108), 0.4);
      yield* waitFor(0.3);
    }),
  );
  await frames(player, () => seen.push(player.views()));
  const zooming = seen.filter(views => views.length === 2);
  near(zooming[0][1].transform, [0.1, 0, 0, 0.1, 100, 50], 1e-9, 'start');
  near(zooming[0][0].transform, [1, 0, 0, 1, 0, 0], 1e-9, 'start of the former');
  equal(seen.at(-1)!.length, 1);
});

test('the former scene can be on top', async () => {
  const seen: PlacedView[][] = [];
  const player = open(
    10,
    scene('a', WAIT),
    scene('b', function* () {
      const end = useTransition(
        ctx => ctx.scale(2, 3),
        ctx => {
          ctx.save();
          ctx.rotate(Math.PI / 2);
          ctx.globalAlpha = 0.5;
        },
        true,
      );
      yield* waitFor(0.3);
      end();
      yield;
    }),
  );
  await frames(player, () => seen.push(player.views()));
  const first = seen[0][0].id;
  const both = seen.find(views => views.length === 2)!;
  equal(both[1].id, first);
  near(both[1].transform, [0, 1, -1, 0, 0, 0], 1e-12);
  equal(both[1].alpha, 0.5);
  equal(both[0].transform, [2, 0, 0, 3, 0, 0]);
});

test('drawing before a scene is placed is refused with advice', async () => {
  const player = open(
    10,
    scene('a', function* () {
      useScene().lifecycleEvents.onBeforeRender.subscribe(ctx => (ctx as any).fillRect(0, 0, 1, 1));
      yield;
    }),
  );
  await player.start();
  throws(() => player.views(), 'draw in `useContext`');
});

test('variables come from the settings, then the project, then the script', async () => {
  const values: unknown[] = [];
  const film = project(
    scene('a', function* () {
      const {variables} = useScene();
      values.push(
        variables.get('given', 'no')(),
        variables.get('zero', 1)(),
        variables.get('nothing', 'fallback')(),
        variables.get('absent', {a: 1})(),
        variables.get('absent', 'second')(),
      );
      yield;
    }),
  );
  film.variables = {given: 'project'};
  const player = openPlayer(film, {fps: 30, variables: {given: 'yes', zero: 0, nothing: null}});
  await frames(player);
  equal(values, ['yes', 0, 'fallback', {a: 1}, {a: 1}]);
  equal(player.variablesRead(), [
    {name: 'given', initial: 'no'},
    {name: 'zero', initial: 1},
    {name: 'nothing', initial: 'fallback'},
    {name: 'absent', initial: {a: 1}},
  ]);
  values.length = 0;
  await openPlayer(film, {fps: 30}).start();
  equal(values.slice(0, 2), ['project', 1]);
});

test('what the script throws comes through as it is', async () => {
  const thrown = new TypeError('wrong', {cause: 'because'});
  const player = open(
    30,
    scene('a', function* () {
      yield;
      throw thrown;
    }),
  );
  await player.start();
  ok((await rejects(() => player.next(), 'wrong')) === thrown, 'another error');
});

test('an error that is thrown where a signal is computed fails the frame, one that is logged does not', async () => {
  const failing = createComputed(() => {
    throw new DetailedError('broken', 'mend it');
  });
  const player = open(
    30,
    scene('a', function* () {
      yield;
      useScene().logger.warn('only a warning');
      yield;
      useScene().logger.error({message: 'only said', remarks: 'mend it'});
      yield;
      failing();
    }),
  );
  await player.start();
  await player.next();
  await player.next();
  const error: any = await rejects(() => player.next(), 'broken');
  equal(error.remarks, 'mend it');
});

test('a rejected promise fails the frame', async () => {
  const player = open(
    30,
    scene('a', function* () {
      yield Promise.reject(new Error('not there'));
    }),
  );
  await rejects(() => player.start(), 'not there');
});

test('sounds are those of the current scene', async () => {
  answerAssets();
  let stage: TestScene | null = null;
  const player = open(
    10,
    scene('a', function* (view) {
      const base = {src: 'a.mp3', playbackRate: 2, volume: 0.5, currentTime: 1, duration: 9};
      view.media = [
        {...base, key: 'sound', type: 'audio', asset: 'id'},
        {...base, key: 'film', type: 'video', audio: false, asset: 'other'},
        {...base, key: 'asked', type: 'audio'},
      ];
      stage = useScene() as unknown as TestScene;
      yield* waitFor(0.5);
    }),
    scene('b', function* () {
      yield* fadeTransition(0.3);
    }),
  );
  await player.start();
  equal(player.sounds(), [
    {key: 'sound', asset: 'id', time: 1, from: 0, loops: 0, rate: 2, keepsPitch: true, volume: 0.5},
    {key: 'asked', asset: 'ab'.repeat(32), time: 1, from: 0, loops: 0, rate: 2, keepsPitch: true, volume: 0.5},
  ]);
  while (!(await player.next()));
  equal(player.sounds(), []);
  equal(stage!.stopped, 1, 'media stopped');
});

test('every frame is handed over', async () => {
  let stage: TestScene | null = null;
  await frames(
    open(
      30,
      scene('a', function* () {
        stage = useScene() as unknown as TestScene;
        yield* waitFor(0.5);
      }),
    ),
  );
  equal(stage!.view.flushes, 16);
});

test('random numbers repeat with every run', async () => {
  const runs: number[][] = [];
  for (let round = 0; round < 2; round++) {
    const numbers: number[] = [];
    await frames(
      open(
        30,
        scene('a', function* () {
          numbers.push(useRandom().nextFloat(), useRandom().nextFloat(), useRandom(5).nextFloat());
        equal(useRandom(5, false).nextFloat(), new Random(useScene().$$seed + 5).nextFloat());
        }),
      ),
    );
    runs.push(numbers);
  }
  equal(runs[0], runs[1]);
  ok(runs[0][0] !== runs[0][1], 'the numbers do not change');
});
