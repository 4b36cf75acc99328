import * as core from '../../core/index';
import {BBox, Color, Matrix2D, Random, Vector2} from '../../core/index';
import type {BBox as Box, ColorInterpolationMode, Matrix2D as Matrix, TimingFunction} from '../../core/index';
import {equal, near, ok, test} from '../harness';
import {perform} from './programs';
import type {Log, Program} from './programs';
import reference from './reference.json';
import {playback} from './scene';

const {timing, vectors, matrices, boxes} = reference;
const api = core as any;

/** Values as the data has them: numbers, lists and plain objects. */
function plain(value: any): unknown {
  if (typeof value?.serialize === 'function') return value.serialize();
  if (value instanceof Matrix2D) return [...value.values];
  if (Array.isArray(value)) return value.map(plain);
  return value;
}

/** Compares in depth; numbers within `tolerance`, where the data has null anything that is not finite. */
function matches(actual: unknown, wanted: any, what: string, tolerance = 2e-9): void {
  if (wanted === null) return ok(actual === null || !Number.isFinite(actual as number), `${what}: got ${actual}`);
  if (typeof wanted === 'number') return near(actual, wanted, tolerance * Math.max(1, Math.abs(wanted)), what);
  if (typeof wanted !== 'object') return equal(actual, wanted, what);
  equal(Object.keys(actual as object), Object.keys(wanted), `${what}: parts`);
  for (const key of Object.keys(wanted)) matches((actual as any)[key], wanted[key], `${what}.${key}`, tolerance);
}

test('timing functions have the reference values, in other ranges and beyond their ends too', () => {
  const {progress, functions, factories} = timing;
  for (const [name, {unit, range}] of Object.entries(functions)) {
    const curve: TimingFunction = api[name];
    matches(progress.map(t => curve(t)), unit, name);
    matches(progress.map(t => curve(t, 5, -3)), range, `${name} from 5 to -3`);
  }
  for (const [name, args, unit, range] of factories as [string, number[], number[], number[]][]) {
    const curve: TimingFunction = api[name](...args);
    matches(progress.map(t => curve(t)), unit, `${name}(${args})`);
    matches(progress.map(t => curve(t, 2, 7)), range, `${name}(${args}) from 2 to 7`);
  }
});

test('values blend as in the reference', () => {
  for (const [from, to, values] of reference.deepLerp as [any, any, unknown[]][]) {
    const found = [0.25, 0.5, 0.75].map(t => core.deepLerp(from, to, t));
    matches(found, values, `${JSON.stringify(from)} -> ${JSON.stringify(to)}`);
  }
  for (const [from, to, values] of reference.textLerp as [string, string, string[]][]) {
    const found = [0, 0.1, 0.25, 0.4, 0.5, 0.75, 0.9, 1].map(t => core.textLerp(from, to, t));
    equal(found, values, `${from} -> ${to}`);
  }
  for (const [t, reverse, ratio, point] of reference.arcLerp as [number, boolean, number, object][]) {
    matches(core.arcLerp(t, reverse, ratio), point, `arcLerp(${t}, ${reverse}, ${ratio})`);
  }
  for (const [name, args, value] of reference.helpers as [string, number[], number][]) {
    matches(api[name](...args), value, `${name}(${args})`);
  }
});

test('ranges and random numbers are those of the reference', () => {
  for (const [args, values] of reference.range as [[number, number?, number?], number[]][]) {
    equal(core.range(...(args as [number])), values, `range(${args})`);
  }
  for (const [seed, values] of reference.random as [number, number[]][]) {
    const random = new Random(seed);
    const found = [
      random.nextFloat(),
      random.nextFloat(2, 5),
      random.nextInt(),
      random.nextInt(0, 10),
      random.nextInt(-3, 3),
      ...random.floatArray(2, 5, 6),
      ...random.intArray(3, 1, 4),
      random.gauss(),
      random.gauss(),
      random.gauss(5, 2),
      random.spawn().nextFloat(),
      random.nextFloat(),
    ];
    matches(found, values, `seed ${seed}`);
  }
});

test('vectors calculate as in the reference', () => {
  const all = vectors.operands.map(pair => new Vector2(pair as [number, number]));
  for (const [name, values] of Object.entries(vectors.binary)) {
    matches(plain(all.flatMap(a => all.map(b => (a as any)[name](b)))), values, name);
  }
  for (const [name, values] of Object.entries(vectors.unary)) {
    matches(plain(all.map(a => (a as any)[name])), values, name);
  }
  matches(
    all.flatMap(a => all.map(b => Vector2.angleBetween(a, b))),
    vectors.angleBetween,
    'angleBetween',
  );
  for (const [t, from, to, flag, values] of vectors.lerps as [number, any, any, boolean, unknown][]) {
    const a = new Vector2(from);
    const b = new Vector2(to);
    const found = [
      Vector2.lerp(a, b, t),
      Vector2.arcLerp(a, b, t, flag),
      Vector2.arcLerp(a, b, t, flag, 2),
      Vector2.polarLerp(a, b, t, flag),
      Vector2.polarLerp(a, b, t, flag, new Vector2(5, 5)),
    ];
    matches(plain(found), values, `${a} -> ${b} at ${t}, ${flag}`);
    matches(plain(Vector2.createArcLerp(flag, 2)(a, b, t)), (values as unknown[])[2], 'createArcLerp');
    matches(plain(Vector2.createPolarLerp(flag, 5)(a, b, t)), (values as unknown[])[4], 'createPolarLerp');
  }
  for (const [vector, angle, values] of vectors.rotate as [[number, number], number, unknown][]) {
    const v = new Vector2(vector);
    matches(
      plain([core.rotateVector(v, angle), core.rotateVector(v, angle, [3, 4])]),
      values,
      `${v} by ${angle}`,
    );
  }
});

test('matrices calculate in single precision as in the reference', () => {
  const operands = matrices.operands as [number, number, number, number, number, number][];
  const made = () => operands.map(values => new Matrix2D(...values));
  const all = made();
  for (const [name, values] of Object.entries(matrices.binary)) {
    matches(plain(all.flatMap(a => all.map(b => (a as any)[name](b)))), values, name);
  }
  for (const [name, values] of Object.entries(matrices.get)) {
    matches(plain(all.map(a => (a as any)[name])), values, name);
  }
  for (const [name, values] of Object.entries(matrices.set)) {
    const changed = made();
    const value = name === 'translation' || name === 'scaling' ? [2, 3] : 2.5;
    for (const matrix of changed) (matrix as any)[name] = value;
    matches(plain(changed), values, `set ${name}`);
  }
  for (const [call, values] of Object.entries(matrices.call)) {
    const at = call.indexOf('[');
    const args = JSON.parse(call.slice(at));
    matches(plain(all.map(a => (a as any)[call.slice(0, at)](...args))), values, call);
  }
  const points = vectors.operands.map(pair => new Vector2(pair as [number, number]));
  const moved = (matrix: Matrix, point: Vector2) => [
    core.transformVectorAsPoint(point, matrix),
    core.transformVector(point, matrix),
  ];
  matches(plain(all.flatMap(a => points.map(v => moved(a, v)))), matrices.points, 'points');
  matches(
    all.flatMap(a => [0, 30, -90].map(angle => core.transformAngle(angle, a))),
    matrices.angles,
    'angles',
  );
});

test('boxes calculate as in the reference', () => {
  const operands = boxes.operands as [number, number, number, number][];
  const all = operands.map(values => new BBox(values));
  for (const [name, values] of Object.entries(boxes.get)) {
    matches(plain(all.map(a => (a as any)[name])), values, name);
  }
  for (const [name, values] of Object.entries(boxes.set)) {
    const changed = operands.map(box => new BBox(box));
    for (const box of changed) (box as any)[name] = 7;
    matches(plain(changed), values, `set ${name}`);
  }
  for (const [name, values] of Object.entries(boxes.binary)) {
    matches(plain(all.flatMap(a => all.map(b => (a as any)[name](b)))), values, name);
  }
  const points = vectors.operands.map(pair => new Vector2(pair as [number, number]));
  equal(
    all.flatMap(a => points.map(v => a.includes(v))),
    boxes.includes,
    'includes',
  );
  const spacings = [2, [1, 2], [1, 2, 3, 4]] as const;
  matches(plain(all.flatMap(a => spacings.map(value => a.expand(value as any)))), boxes.expand, 'expand');
  const transforms = matrices.operands.map(values => new Matrix2D(...(values as [number, number, number, number, number, number])));
  const moved = (box: Box, matrix: Matrix) => [box.transform(matrix), box.transformCorners(matrix)];
  matches(plain(all.flatMap(a => transforms.map(m => moved(a, m)))), boxes.transform, 'transform');
  const [a, b] = all;
  const between = (t: number) => [BBox.lerp(a, b, t), BBox.arcLerp(a, b, t), BBox.arcLerp(a, b, t, true, 3)];
  matches(plain([0, 0.3, 1].map(between)), boxes.lerp, 'lerp');
});

test('texts are the colours they are in the reference, or none', () => {
  let refused = 0;
  for (const [text, channels] of reference.colors as [string, number[] | null][]) {
    let found: number[] | null = null;
    try {
      found = new Color(text).gl();
    } catch (error: any) {
      equal(error.message, `Invalid color string value provided: ${text}`);
      refused++;
    }
    equal(found === null, channels === null, `whether ${JSON.stringify(text)} is refused`);
    if (found !== null) near(found, channels, 3e-6, JSON.stringify(text));
  }
  ok(refused > 200 && refused < reference.colors.length - 200, `${refused} texts were refused`);
});

test('colours blend in every space as in the reference', () => {
  for (const [mode, from, to, values] of reference.colorLerp as [ColorInterpolationMode, string, string, number[][]][]) {
    const lerp = Color.createLerp(mode);
    const found = [0, 0.25, 0.5, 1, 1.2].map(t => lerp(from, to, t).gl());
    near(found, values, 3e-6, `${from} -> ${to} in ${mode}`);
  }
});

test('tasks run as in the reference', async () => {
  for (const [index, entry] of reference.programs.entries()) {
    const {fps, program, duration} = entry;
    const wanted = entry.log as Log;
    const log: Log = [];
    const manager = playback(fps, function* () {
      yield* perform(program as Program, log);
    });
    await manager.recalculate();
    for (let at = 0; at < wanted.length; at++) {
      equal(log[at], wanted[at], `program ${index}, entry ${at} after ${JSON.stringify(wanted.slice(at - 2, at))}`);
    }
    equal([log.length, manager.duration], [wanted.length, duration], `program ${index}`);
  }
});
