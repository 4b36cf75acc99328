// A scene in which anything may happen to nodes while they are tweened, by the variable `seed`. The
// variable `wrapped` makes every timing function one of the user's own, of which nothing is known.
import {
  Circle, Gradient, Grid, Layout, Line, Node, Polygon, Rect, Spline, Txt, View2D, blur, brightness, initial, interpolation, makeScene2D,
  parser, signal, vector2Signal,
} from '@revideo/2d';
import * as core from '@revideo/core';
import {
  BBox, Color, DEFAULT, Random, Spacing, Vector2, all, any, cancel, createComputed, createDeferredEffect, createEffect,
  createSignal, deepLerp, delay, join, makeProject, map, tween, useScene, useThread, waitFor,
} from '@revideo/core';

/** Everything that tells two values apart. */
function show(value: any): string {
  if (Object.is(value, -0)) return '-0';
  if (value instanceof Color) return `color(${[value.r, value.g, value.b, value.a].map(show)})`;
  if (value instanceof Gradient) return 'gradient';
  if (typeof value === 'function') return 'function';
  if (value instanceof Map) return `map(${[...value].map(show)})`;
  if (value !== null && typeof value === 'object') {
    return `{${Object.entries(value).map(([key, part]) => `${key}: ${show(part)}`).join(', ')}}`;
  }
  return String(value);
}

let calls = 0;

/** A component whose properties do more than to be stored. */
class Odd extends Rect {
  @initial(0)
  @parser((value: number) => (value > 0.4 && value < 0.8 ? 9 : value))
  @signal()
  declare public readonly level: any;

  @initial('red')
  @interpolation(Color.lerp as any)
  @parser((value: any) => {
    calls++;
    const color = new Color(value);
    return color.r > 0.3 && color.r < 0.8 ? new Color('lime') : color;
  })
  @signal()
  declare public readonly tint: any;

  @initial(5)
  @signal()
  declare public readonly share: any;

  @vector2Signal('spot')
  declare public readonly spot: any;

  public constructor(props: any) {
    super(props);
    this.fill(() => this.tint());
    this.radius(() => this.level());
    this.skew(this.spot);
  }

  protected setShare(value: any): void {
    calls++;
    this.share.context.setter(value);
    this.lineWidth(value);
  }

  protected getSpot(): any {
    calls++;
    return this.spot.context.getter();
  }
}

/** Is told of changes without asking for the values. */
class Watcher extends core.DependencyContext {
  public constructor(private readonly tell: () => void, read: () => void) {
    super(undefined);
    this.startCollecting();
    try {
      read();
    } finally {
      this.finishCollecting();
    }
  }

  public override markDirty(): void {
    this.tell();
  }
}

const KINDS: any[] = [Rect, Circle, Txt, Line, Node, Layout, Polygon, Grid, Spline, Odd];

const scene = makeScene2D('random', function* (view: View2D) {
  const {variables} = useScene();
  const wrapped = variables.get('wrapped', false)();
  const random = new Random(variables.get('seed', 1)());
  const chance = (share: number) => random.nextFloat() < share;
  const pick = <T,>(list: T[]): T => list[random.nextInt(0, list.length)];
  const number = (from: number, to: number) => pick([Math.round(random.nextFloat(from, to) * 8) / 8, random.nextFloat(from, to), from, to, 0, -0]);
  const lines: string[] = [];
  const clock = () => {
    try {
      return show(useThread().time());
    } catch {
      return 'between the frames';
    }
  };
  const note = (...parts: any[]) => lines.push(`${clock()} ${parts.map(show).join(' ')}`);

  const curves = Object.entries(core)
    .filter(([name]) => /^ease|^linear$|^sin$|^cos$/.test(name))
    .map(([, curve]) => curve as (t: number) => number)
    .concat(core.createEaseInBack(9), core.createEaseOutElastic(3), core.createEaseInBounce(2, 1.5))
    .map(curve => (wrapped ? (t: number) => curve(t) : curve));
  const failing = (t: number) => {
    if (t > 0.4) throw new Error('the curve breaks');
    return t;
  };
  const strange: ((t: number) => number)[] = [failing, () => 0.5, t => 1 - t, t => (t > 0.7 ? 1 : t)];
  const timing = (): any => (chance(0.1) ? undefined : chance(0.06) ? pick(strange) : pick(curves));
  const seconds = () => pick([0, 0.05, 0.1, 0.13, 0.25, 0.4, 0.7, 1.1]);

  const source = createSignal(0);
  const gradient = () =>
    new Gradient({
      type: pick(['linear', 'radial', 'conic']), toRadius: 50, to: [number(0, 50), 20],
      stops: [{offset: 0, color: 'red'}, {offset: () => source(), color: pick(['blue', () => (source() > 0.5 ? 'lime' : 'navy')])}],
    });
  const shared = gradient();
  const color = (): any =>
    pick<any>(['red', '#e6a70080', 'blue', 'white', '#0000', 'gray', 'lab(50 40 -20)', 0x204060, {r: 255, g: 20, b: 0, a: 0.5}, new Color('teal'), null]);
  const style = (): any => (chance(0.1) ? pick([shared, gradient()]) : color());
  const point = (): any => pick<any>([[number(-300, 300), number(-200, 200)], {x: number(-300, 300), y: number(-99, 99)}, number(-50, 50), new Vector2(number(0, 9), 3)]);
  const live = (make: () => any): any => {
    if (!chance(0.12)) return make();
    const [a, b] = [make(), make()];
    return () => (source() > 0.5 ? a : b);
  };

  const PROPERTIES: Record<string, () => any> = {
    x: () => number(-300, 300), y: () => number(-200, 200), position: point, rotation: () => number(-400, 400),
    scale: () => pick<any>([number(-1, 2), [number(0, 2), number(0, 2)]]), skew: () => [number(-30, 30), number(-30, 30)],
    opacity: () => number(-0.5, 1.5), zIndex: () => number(-2, 2), fill: style, stroke: style, shadowColor: color,
    shadowBlur: () => number(0, 9), shadowOffset: point, lineWidth: () => number(0, 12), lineDash: () => [number(1, 9), number(1, 9)],
    lineDashOffset: () => number(-9, 9), radius: () => number(0, 20), start: () => number(0, 1), end: () => number(0, 1),
    arrowSize: () => number(0, 30), startArrow: () => chance(0.5), width: () => pick<any>([number(1, 200), '50%', null]),
    height: () => number(1, 200), size: () => pick<any>([number(1, 200), [number(1, 99), '30%'], [50, 60]]), padding: () => number(0, 20),
    margin: () => [number(0, 9), number(0, 9)], gap: () => number(0, 20), grow: () => number(0, 2), fontSize: () => number(8, 60),
    letterSpacing: () => number(0, 9), text: () => pick(['', 'word', 'some more words', 'ä🎬b']), offset: () => [number(-1, 1), number(-1, 1)],
    points: () => [[0, 0], [number(1, 50), 50], [9, number(1, 9)]].slice(0, random.nextInt(2, 4)), startAngle: () => number(0, 360), endAngle: () => number(0, 360),
    absolutePosition: point, absoluteRotation: () => number(-90, 90), absoluteScale: () => number(0.5, 2), topLeft: point, right: point,
    sides: () => random.nextInt(3, 8), spacing: () => 20 + Math.abs(number(0, 60)), smoothness: () => number(0, 1), cachePadding: () => number(0, 9),
    filters: () => pick<any>([[blur(number(0, 4))], [brightness(number(0, 2)), blur(2)], []]), compositeOperation: () => pick(['source-over', 'xor']),
    level: () => number(-1, 2), tint: () => color() ?? 'black', share: () => number(0, 9), spot: point,
    layout: () => chance(0.5), rippleStrength: () => number(0, 1), clip: () => chance(0.5),
  };
  const PARTS: [string, string, () => any][] = [
    ['position', 'x', PROPERTIES.x], ['scale', 'y', () => number(-1, 2)], ['shadowOffset', 'x', () => number(-9, 9)], ['skew', 'x', () => number(-9, 9)],
    ['offset', 'y', () => number(-1, 1)], ['padding', 'left', () => number(0, 9)], ['filters', 'blur', () => number(0, 5)], ['filters', 'contrast', () => number(0, 2)],
  ];
  const jump = (from: any, to: any, value: number) => (value < 0.5 ? from : to);
  const BLENDS: [string[], any[]][] = [
    [['fill', 'stroke', 'shadowColor', 'tint'], [Color.lerp, Color.createLerp('lab'), Color.createLerp('hsl'), jump]],
    [['position', 'shadowOffset', 'offset', 'spot', 'skew'], [Vector2.lerp, Vector2.createArcLerp(true), Vector2.createPolarLerp(), deepLerp, jump]],
    [['x', 'y', 'rotation', 'opacity', 'lineWidth', 'share', 'fontSize'], [deepLerp, map, jump, (a: number, b: number, t: number) => a + (b - a) * t * t]],
  ];
  const names = Object.keys(PROPERTIES);

  const make = (): any => {
    const kind = pick(KINDS);
    const node: any = new kind({
      size: chance(0.8) ? 50 : undefined, fill: chance(0.7) ? 'red' : undefined, text: 'text', points: [[0, 0], [50, 50], [90, 0]], lineWidth: 3,
      stroke: chance(0.6) ? 'white' : undefined, layout: kind === Layout, cache: chance(0.1), shadowBlur: chance(0.2) ? 4 : undefined,
    });
    const around = nodes.filter(one => one instanceof Node && one.parent() !== null && !(one instanceof Txt) && !(one instanceof Spline));
    (around.length > 0 && chance(0.3) ? pick(around) : view).add(node);
    return node;
  };
  const nodes: any[] = [];
  for (let count = 0; count < 6; count++) nodes.push(make());

  // Signals of the user's own, of all kinds of values.
  const free: [any, () => any][] = [
    [createSignal(0), () => pick([number(-9, 9), 1e308, -1e308, Infinity, NaN, 5e-324])],
    [createSignal('a'), () => pick(['', 'hello', 'ho'])],
    [createSignal<any>({a: 1, b: [1, 2]}), () => ({a: number(0, 9), b: [1, number(0, 9)]})],
    [createSignal<any>(null), () => pick<any>([null, 1, 'x', [number(0, 1)]])],
    [Vector2.createSignal([1, 2]), point],
    [Vector2.createSignal(() => [source(), 3]), point],
    [Color.createSignal('red'), () => color() ?? 'black'],
    [Spacing.createSignal(3), () => [number(0, 9), 2]],
    [BBox.createSignal([0, 0, 10, 10]), () => [number(0, 9), 0, 5, number(0, 9)]],
    [createSignal(5, map), () => number(-9, 9)],
  ];
  const sum = createComputed(() => nodes.reduce((total, node) => total + node.x() + node.opacity(), 0));
  const stops: (() => void)[] = [];
  const running: any[] = [];

  function* guarded(task: any): any {
    try {
      yield* task;
    } catch (error: any) {
      note('caught', error.message);
    }
  }
  const start = function* (task: any): any {
    running.push(task);
    yield chance(0.85) ? guarded(task) : delay(0.07, guarded(task));
  };
  /** A tween of a signal, perhaps with more after it. */
  const tweened = (signal: any, make: () => any, name?: string): any => {
    const blends = BLENDS.find(([names]) => names.includes(name ?? ''))?.[1];
    const blend = blends !== undefined && chance(0.2) ? pick(blends) : undefined;
    const task = signal(chance(0.05) ? DEFAULT : live(make), seconds(), timing(), blend);
    while (typeof task.to === 'function' && chance(0.25)) {
      if (chance(0.5)) task.to(live(make), seconds(), timing());
      else if (chance(0.3)) task.back(seconds(), timing());
      else if (chance(0.5)) task.wait(seconds());
      else task.do(() => note('done', signal()));
    }
    return task;
  };

  function* change(): any {
    const node = pick(nodes);
    const known = names.filter(name => typeof node[name] === 'function');
    const name = pick(known);
    switch (random.nextInt(0, 24)) {
      default: {
        const isPaint = name === 'fill' || name === 'stroke';
        // There is nothing between a gradient and a colour.
        if (isPaint && !(node[name]() instanceof Color)) return void node[name](style());
        return yield* start(tweened(node[name], isPaint ? color : PROPERTIES[name], name));
      }
      case 0: {
        const [property, part, make] = pick(PARTS);
        const signal = node[property]?.[part];
        if (signal !== undefined) yield* start(signal(make(), seconds(), timing()));
        return;
      }
      case 1: node[name](live(PROPERTIES[name])); return;
      case 2: {
        const index = nodes.indexOf(node);
        if (chance(0.5)) node.remove();
        if (chance(0.5)) node.dispose();
        nodes[index] = make();
        return;
      }
      case 3: node.save(); return void (yield* start(node.restore(seconds(), timing())));
      case 4: node[name].reset(); return;
      case 5: node[name].save(); return;
      case 6: {
        const [signal, make] = pick(free);
        if (chance(0.2)) signal(live(make));
        else yield* start(tweened(signal, make));
        return;
      }
      case 7: if (running.length > 0) cancel(pick(running)); return;
      case 8: {
        const child = pick(useThread().children);
        child?.pause(!child.paused);
        return;
      }
      case 9: {
        const copy = pick(['clone', 'snapshotClone', 'reactiveClone']);
        const made = node[copy]();
        view.add(made);
        nodes[random.nextInt(0, nodes.length)] = made;
        return;
      }
      case 10: {
        let runs = 0;
        if (chance(0.3)) stops.push(createDeferredEffect(() => { lines.push(`deferred ${++runs} ${name} ${show(node[name]())}`); }));
        else if (chance(0.5)) stops.push(createEffect(() => note('effect', ++runs, name, node[name]())));
        else new Watcher(() => note('told', ++runs, name), () => node[name]());
        return;
      }
      case 11: stops.pop()?.(); return;
      case 12: return void (yield* start(tween(seconds(), value => { node.x(value * 50); node.fill?.(Color.lerp('red', 'blue', value)); })));
      case 13: node.moveToTop?.(); return;
      case 14: note('signals', node[name].isInitial(), node[name].context.isTweening(), node[name].context.raw(), sum()); return;
      case 15: node.y(node.x() / 2); node.fill?.(node.stroke?.() ?? 'red'); return;
      case 16: return void (yield* start((any as any)(node.x(5, 0.3, pick(curves)), node.scale(number(0, 2), 0.2, pick(curves)))));
      case 17: node.x(() => source() * 10); node.opacity(() => 1 - source()); node.fill?.(() => (source() > 0.5 ? 'red' : shared)); return;
    }
  }

  yield source(1, 2.5, pick(curves));
  yield shared.to.x(200, 1, pick(curves));
  yield shared.angle(3, 1, pick(curves));
  try {
    for (let turn = 0; turn < 24; turn++) {
      for (let count = random.nextInt(1, 5); count > 0; count--) yield* change();
      if (chance(0.5)) {
        const node = pick(nodes);
        note('read', node.x(), node.opacity(), node.fill?.(), node.rotation(), node.position(), node.shadowColor(), node.width?.(), sum());
      }
      if (chance(0.3)) note('free', calls, ...free.map(([signal]) => signal()));
      yield* waitFor(pick([0.05, 0.1, 0.1, 0.13]));
    }
    if (chance(0.3)) yield* join(false, ...running);
  } finally {
    note('calls', calls);
    for (const line of lines) console.log(line);
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: [640, 360]}, rendering: {fps: 20}}});
