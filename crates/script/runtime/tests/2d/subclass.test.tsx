import * as exported from '../../2d/index';
import {TxtLeaf} from '../../2d/components/TxtLeaf';
import {Circle, Filter, Gradient, Node, Pattern, Rect, Scene2D, Txt, View2D, makeScene2D} from '../../2d/index';
import {
  ComputedContext,
  CompoundSignalContext,
  DependencyContext,
  EffectContext,
  EventDispatcher,
  FlagDispatcher,
  SignalContext,
  ValueDispatcher,
  Vector2,
  createComputed,
  createSignal,
  makeProject,
  waitFor,
} from '../../core/index';
import type {ThreadGenerator} from '../../core/index';
import {openPlayer} from '../../player/index';
import {equal, ok, test} from '../harness';
import {EVERYDAY_WORDS} from './everydayWords';
import {inScene} from './film';
import reference from './referenceMembers.json';

const nodes = {...exported, TxtLeaf};
type Class = new (...args: any[]) => any;

/** The components, with props that make each do what it is for. */
const COMPONENTS: Record<string, Record<string, unknown>> = {
  Node: {},
  Layout: {layout: true, gap: 10},
  Shape: {size: 40},
  Curve: {size: 40},
  Rect: {size: 40, radius: 5},
  Circle: {size: 40, startAngle: 20},
  Line: {points: [[0, 0], [100, 20]]},
  Path: {data: 'M0,0 L100,20 Z'},
  Polygon: {size: 40, sides: 5},
  Ray: {to: [30, 40]},
  Spline: {points: [[0, 0], [100, 20], [50, 50]]},
  CubicBezier: {p1: [10, 0], p2: [20, 30], p3: [40, 40]},
  QuadBezier: {p1: [10, 0], p2: [20, 30]},
  Grid: {size: 100, spacing: 20},
  Knot: {auto: 0.5},
  Img: {src: PICTURE(), size: 20},
  Video: {},
  Audio: {},
  Txt: {text: 'some text'},
  TxtLeaf: {text: 'some text'},
};

/** A still of 2×1 pixels. */
function PICTURE(): string {
  return 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADklEQVR42mP8z8AARgAKBAEAY9RtnQAAAABJRU5ErkJggg==';
}

/** What else of ours the names of members are told of, and an instance of each. */
const OTHERS: Record<string, () => object> = {
  View2D: () => new View2D({sceneSize: new Vector2(10, 10), resolutionScale: 1}),
  DependencyContext: () => new (class extends DependencyContext<void> {})(undefined),
  SignalContext: () => createSignal(1).context,
  ComputedContext: () => createComputed(() => 1).context,
  CompoundSignalContext: () => Vector2.createSignal([1, 2]).context,
  EffectContext: () => new EffectContext(() => {}, false),
  FiltersSignalContext: () => new Node({}).filters.context,
  Gradient: () => new Gradient({}),
  Pattern: () => new Pattern({image: PICTURE()}),
  Filter: () => new Filter({name: 'blur'}),
  EventDispatcher: () => new EventDispatcher<void>(),
  FlagDispatcher: () => new FlagDispatcher(),
  ValueDispatcher: () => new ValueDispatcher(1),
};

/** Classes, by what they extend in the reference. */
const BASES: Record<string, string> = {
  Layout: 'Node', Shape: 'Layout', Curve: 'Shape', Rect: 'Curve', Circle: 'Curve', Line: 'Curve', Path: 'Curve',
  Polygon: 'Curve', Ray: 'Curve', Spline: 'Curve', CubicBezier: 'Curve', QuadBezier: 'Curve', Grid: 'Shape', Knot: 'Node',
  Img: 'Rect', Media: 'Rect', Video: 'Media', Audio: 'Media', Txt: 'Shape', TxtLeaf: 'Shape', View2D: 'Rect',
  Scene2D: 'GeneratorScene', SignalContext: 'DependencyContext', ComputedContext: 'DependencyContext',
  CompoundSignalContext: 'SignalContext', EffectContext: 'DependencyContext', FiltersSignalContext: 'SignalContext',
  EventDispatcher: 'EventDispatcherBase', FlagDispatcher: 'EventDispatcherBase', ValueDispatcher: 'EventDispatcherBase',
};

/** The names of the members of a class of the reference, its own and inherited ones. */
function referenceNames(name: string): Set<string> {
  const names = new Set<string>(['constructor']);
  for (let current: string | undefined = name; current !== undefined; current = BASES[current]) {
    for (const member of (reference as Record<string, string>)[current].split(' ')) names.add(member);
  }
  return names;
}

/** The names of an object's own and inherited members, those of every object left out. */
function memberNames(object: object): Set<string> {
  const names = new Set<string>();
  for (let current = object; current !== Object.prototype && current !== null; current = Object.getPrototypeOf(current)) {
    for (const name of Object.getOwnPropertyNames(current)) names.add(name);
  }
  return names;
}

/** Whether a name is one that people give only on purpose: a prop of the object, or a hook of one. */
function isOfProps(object: any, name: string): boolean {
  const props = new Set<string>();
  for (const meta of Object.values(nodes.getPropertiesOf(object))) {
    props.add(meta.key);
    for (const [, prop] of meta.compoundEntries) props.add(prop);
  }
  const hook = /^(?:getDefault|get|set|tween)([A-Z].*)$/.exec(name);
  return props.has(name) || (hook !== null && props.has(hook[1][0].toLowerCase() + hook[1].slice(1)));
}

/** A component, or a subclass of it where it cannot be made itself. */
function component(name: string): Class {
  const Base = (nodes as any)[name] as Class;
  return name === 'Shape' || name === 'Curve' ? class extends Base {} : Base;
}

/** The names that a subclass may give to its members: what is ours, and what everybody picks. */
function freeNames(name: string, object: object): string[] {
  const taken = referenceNames(name);
  const ours = [...memberNames(object)].map(member => member.replace(/^\$\$/, ''));
  return [...new Set([...ours, ...EVERYDAY_WORDS])].filter(
    member => !taken.has(member) && !isOfProps(object, member) && member !== '',
  );
}

/** A subclass in which a method, or a field, has each of these names. */
function crowded(Base: Class, names: string[], kind: 'method' | 'field'): Class {
  class Crowded extends Base {
    public constructor(...args: any[]) {
      super(...args);
      if (kind === 'field') for (const name of names) (this as any)[name] = `the field ${name}`;
    }
  }
  if (kind === 'method') {
    for (const name of names) {
      const value = () => {
        throw new Error(`the user's own \`${name}\` was called`);
      };
      Object.defineProperty(Crowded.prototype, name, {value, configurable: true, writable: true});
    }
  }
  return Crowded;
}

test('members of the base classes have names that are the reference’s, or that nobody picks', () =>
  inScene(view => {
    const made: [string, object][] = Object.entries(COMPONENTS).map(([name, props]) => [name, new (component(name))(props)]);
    for (const [, node] of made) if (node instanceof Node && !(node instanceof TxtLeaf)) view.add(node);
    for (const [, node] of made) {
      (node as Node).cacheBBox();
      (node as Node).absolutePosition();
    }
    for (const [name, make] of Object.entries(OTHERS)) made.push([name, make()]);
    made.push(['Scene2D', nodes.useScene2D()]);
    const everyday: string[] = [];
    for (const [name, object] of made) {
      const known = referenceNames(name);
      for (const member of memberNames(object)) {
        if (!known.has(member) && !member.startsWith('$$') && !isOfProps(object, member)) everyday.push(`${name}.${member}`);
      }
    }
    equal(everyday, [], 'names that a subclass may well use');
  }));

/** Does to a node what scenes do, and tells what came of it. */
function* exercise(view: View2D, Type: Class, props: Record<string, unknown>, told: unknown[]): ThreadGenerator {
  const node: any = new Type({...props, key: 'it', x: 5, opacity: 0.5});
  const frame = new Rect({layout: true, padding: 10, key: 'frame'});
  const holder = new Node({key: 'holder', scale: 2});
  const parent = node instanceof TxtLeaf ? new Txt({key: 'text'}) : holder;
  view.add([frame, holder]);
  if (parent !== holder) holder.add(parent);
  const [x, y] = [0, 1].map(index => (Type.name.includes('Txt') ? new Txt({text: `${index}`}) : new Circle({size: 10})));
  parent.add(node);
  node.add(x).insert(y);
  told.push(node.children().length, node.children()[0] === y, x.parent() === node);
  x.moveToBottom().moveUp().moveAbove(y);
  node.children([y, x]);
  node.children(() => [y]);
  told.push(node.childAs(0) === y, node.findAll(() => true).length);
  if (node instanceof nodes.Layout) {
    told.push(node.size().toString(), node.left().toString(), node.layoutEnabled(), node.isLayoutRoot());
    node.lockSize();
    node.releaseSize();
    node.moveOffset([0, 1]);
    told.push(node.fontSize(), node.lineHeight(), node.textAlign());
    yield* node.width(70, 0.2);
    yield* node.size([60, null], 0.2);
  }
  if (node instanceof nodes.Curve) {
    told.push(node.arcLength(), node.completion(), node.getPointAtPercentage(0.5).position.toString());
    yield* node.end(0.5, 0.2);
  }
  if (node instanceof nodes.Shape) yield* (node.fill('red', 0.2), node.ripple(0.1));
  if (node instanceof Txt) yield* node.text('another', 0.2);
  if (node instanceof nodes.Path) yield* node.data('M0,0 L50,20 Z', 0.2);
  if (node instanceof nodes.Media) {
    node.play();
    yield* waitFor(0.1);
    node.pause();
    told.push(node.isPlaying(), node.getCurrentTime(), node.getVolume());
  }
  told.push(node.cacheBBox().toString(), node.absolutePosition().toString(), node.localToWorld().toString());
  yield* node.position([20, 30], 0.3).to([0, 0], 0.1);
  yield* node.opacity(0, 0.1);
  node.absolutePosition([7, 8]).absoluteScale(1).absoluteRotation(20);
  node.filters.blur(3);
  node.save();
  node.rotation(50);
  yield* node.restore(0.2);
  told.push(node.rotation(), node.hit(new Vector2(5, 5)) !== null, node.view() === view);
  const copy = node.clone({key: 'copy'});
  parent.add(copy);
  told.push(copy.position().toString(), copy.children().length, node.getState().opacity);
  const follower = node.reactiveClone({key: 'reactive'});
  told.push(node.snapshotClone({key: 'snapshot'}).x(), follower.y());
  follower.dispose();
  if (parent === holder) frame.add(node);
  yield;
  told.push(node.parent()?.key, node.absolutePosition().toString());
  yield node;
  node.remove();
  told.push(node.parent(), parent.children().length);
  node.removeChildren();
  node.dispose();
}

async function outcome(Type: Class, props: Record<string, unknown>, klass?: unknown): Promise<unknown[]> {
  const told: unknown[] = [];
  const scene = makeScene2D('test', function* (view) {
    yield* exercise(view, Type, props, told);
  });
  const scenes = [klass === undefined ? scene : {...scene, klass: klass as any}];
  const player = openPlayer(makeProject({scenes}), {fps: 10});
  await player.start();
  while (!(await player.next())) told.push(player.boxes());
  return told;
}

for (const [name, props] of Object.entries(COMPONENTS)) {
  test(`a subclass of ${name} may call its members as it likes`, async () => {
    const Base = (nodes as any)[name] as Class;
    let names: string[] = [];
    await inScene(() => (names = freeNames(name, new (component(name))(props))));
    ok(names.length > 100, `there are ${names.length} names only`);
    // A class of the same name has the same keys.
    const Plain = {Crowded: class extends Base {}}.Crowded;
    const expected = await outcome(Plain, props);
    equal(await outcome(crowded(Base, names, 'method'), props), expected, 'with methods');
    equal(await outcome(crowded(Base, names, 'field'), props), expected, 'with fields');
  });
}

test('a subclass of Scene2D may call its members as it likes', async () => {
  let names: string[] = [];
  await inScene(() => (names = freeNames('Scene2D', nodes.useScene2D())));
  const expected = await outcome(Rect, {size: 10});
  for (const kind of ['method', 'field'] as const) {
    equal(await outcome(Rect, {size: 10}, crowded(Scene2D, names, kind)), expected, `with ${kind}s`);
  }
});

/** Reads, sets and tweens a number held by a context of this class. */
async function signalOutcome(make: () => SignalContext<any, any, any>): Promise<unknown[]> {
  const told: unknown[] = [];
  const source = createSignal(1);
  await openAndPlay(function* (view) {
    const context = make();
    const signal = context.toSignal();
    const doubled = createComputed(() => signal() * 2);
    view.add(new Rect({width: () => signal(), x: signal}));
    signal(5);
    told.push(signal(), doubled(), context.isInitial(), context.raw());
    yield* signal(10, 0.3).to(20, 0.2).back(0.1);
    signal(() => source() * 3);
    told.push(signal(), doubled());
    source(2);
    told.push(signal(), doubled());
    signal.save();
    told.push(context.raw());
    signal.reset();
    told.push(signal(), doubled());
  }, told);
  return told;
}

async function openAndPlay(run: (view: View2D) => ThreadGenerator, told: unknown[]): Promise<void> {
  const player = openPlayer(makeProject({scenes: [makeScene2D('test', run)]}), {fps: 10});
  await player.start();
  while (!(await player.next())) told.push(player.boxes());
}

test('subclasses of the contexts of signals may call their members as they like', async () => {
  const names = freeNames('SignalContext', createSignal(1).context);
  const expected = await signalOutcome(() => new SignalContext<any, any, any>(3));
  for (const kind of ['method', 'field'] as const) {
    const Crowded = crowded(SignalContext, names, kind);
    equal(await signalOutcome(() => new Crowded(3)), expected, `with ${kind}s`);
    const computedNames = freeNames('ComputedContext', createComputed(() => 1).context);
    const source = createSignal(2);
    const context = new (crowded(ComputedContext, computedNames, kind))(() => source() * 2);
    const computed = context.toSignal();
    const dependent = createComputed(() => computed() + 1);
    equal([computed(), dependent()], [4, 5]);
    source(3);
    equal([dependent(), computed()], [7, 6]);
    const pairNames = freeNames('CompoundSignalContext', Vector2.createSignal([1, 2]).context);
    const Pair = crowded(CompoundSignalContext, pairNames, kind);
    const pair = new Pair(['x', 'y'], (value: any) => new Vector2(value), [1, 2], Vector2.lerp).toSignal();
    const length = createComputed(() => pair().magnitude);
    equal(length(), Math.hypot(1, 2));
    pair([3, 4]);
    equal([length(), pair.x()], [5, 3]);
    pair.reset();
    equal(pair().y, 2);
  }
});
