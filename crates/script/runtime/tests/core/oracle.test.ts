import * as core from '../../core/index';
import {Color, createSignal, Random, spring, textLerp, tween, Vector2, waitFor} from '../../core/index';
import {equal, near, ok, test} from '../harness';
import oracle from './oracle.json';
import {duration, play} from './scene';

const PROGRESS = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1];

for (const [fps, tables] of Object.entries(oracle.frames)) {
  test(`durations at ${fps} frames per second are those of the reference`, async () => {
    for (const [seconds, frames] of Object.entries(tables.waitFor)) {
      const found = await duration(Number(fps), function* () {
        yield* waitFor(Number(seconds));
      });
      equal(found, frames, `waitFor(${seconds})`);
    }
    for (const [seconds, frames] of Object.entries(tables.tween)) {
      const found = await duration(Number(fps), function* () {
        yield* tween(Number(seconds), () => {});
      });
      equal(found, frames, `tween(${seconds})`);
    }
    const seed = await duration(Number(fps), function* () {
      const signal = createSignal(0);
      yield* waitFor(1);
      yield* signal(1, 4);
      yield* waitFor(25);
    });
    equal(seed, tables.seedProject, 'seed project');
  });
}

test('timing functions have the reference values', () => {
  equal(Object.keys(oracle.easing).length, 33, 'number of functions');
  for (const [name, values] of Object.entries(oracle.easing)) {
    const timing = (core as any)[name];
    ok(typeof timing === 'function', `${name} is missing`);
    near(
      PROGRESS.map(t => timing(t)),
      values,
      6e-10,
      name,
    );
  }
});

test('textLerp has the reference values', () => {
  for (const [from, to, values] of oracle.textLerp as [string, string, string[]][]) {
    const found = values.map((_, index) => textLerp(from, to, [0.1, 0.25, 0.5, 0.75, 0.9][index]));
    equal(found, values, `${from} -> ${to}`);
  }
});

test('colours interpolate through LCH as in the reference', () => {
  for (const [from, to, values] of oracle.colorLerpLch as [string, string, string[]][]) {
    const found = [0.25, 0.5, 0.75].map(t => Color.lerp(new Color(from), new Color(to), t).serialize());
    equal(found, values, `${from} -> ${to}`);
  }
});

test('random numbers are those of the reference', () => {
  const one = new Random(1);
  equal(
    oracle.random1.next5.map(() => one.nextFloat()),
    oracle.random1.next5,
    'seed 1',
  );
  const other = new Random(123456789);
  equal(
    oracle.random123456789.next3.map(() => other.nextFloat()),
    oracle.random123456789.next3,
    'seed 123456789',
  );
  equal(
    oracle.random123456789.int10.map(() => other.nextInt(0, 10)),
    oracle.random123456789.int10,
    'whole numbers',
  );
  const normal = new Random(7);
  near(
    oracle.random7gauss.map(() => normal.gauss()),
    oracle.random7gauss,
    1e-12,
    'gauss',
  );
});

test('arcs have the reference values', () => {
  for (const [t, ...points] of oracle.arcLerp as [number, ...{x: number; y: number}[]][]) {
    const found = [
      core.arcLerp(t, false, 1),
      core.arcLerp(t, true, 1),
      core.arcLerp(t, false, 0.5),
      core.arcLerp(t, false, 2),
    ];
    near(found, points, 1e-12, `arcLerp(${t})`);
  }
  const from = new Vector2(-300, 200);
  const to = new Vector2(300, -200);
  near(
    [0.25, 0.5, 0.75].map(t => Vector2.arcLerp(from, to, t).serialize()),
    oracle.vecArcLerp,
    1e-9,
    'Vector2.arcLerp',
  );
  const right = new Vector2(100, 0);
  const left = new Vector2(-100, 0);
  near(
    [0.25, 0.5, 0.75].map(t => Vector2.polarLerp(right, left, t).serialize()),
    oracle.polarLerp,
    1e-9,
    'polarLerp',
  );
});

test('springs settle on the reference frames', async () => {
  for (const [name, frames] of Object.entries(oracle.springFrames30)) {
    const found = await duration(30, function* () {
      yield* spring((core as any)[name], 0, 100, () => {});
    });
    equal(found, frames, name);
  }
});

test('a spring moves as in the reference', async () => {
  const values: number[] = [];
  await play(30, function* () {
    yield* spring(core.PlopSpring, 0, 100, value => values.push(value));
  });
  near(values.slice(0, 10), oracle.plopFirst10, 5e-5, 'plop');
});

test('a tween that starts between two frames is sampled as in the reference', async () => {
  const values: number[] = [];
  await play(30, function* () {
    const signal = createSignal(0);
    yield (function* () {
      while (true) {
        values.push(signal());
        yield;
      }
    })();
    yield* waitFor(0.35);
    yield* signal(10, 0.3);
    signal(0);
    yield* waitFor(0.1);
  });
  // The last entries depend on how long the scene goes on.
  near(values.slice(0, 22), oracle.waitThenTween.values.slice(0, 22), 6e-7, 'signal');
});
