import {
  Audio,
  Circle,
  CubicBezier,
  Gradient,
  Grid,
  Img,
  Knot,
  Layout,
  Line,
  Node,
  Path,
  Polygon,
  QuadBezier,
  Ray,
  Rect,
  Rive,
  Spline,
  Txt,
  Video,
  View2D,
  blur,
  withDefaults,
} from '../../2d/index';
import {initial, signal} from '../../2d/decorators/index';
import {Color, Vector2, createRef, createSignal, useScene, waitFor} from '../../core/index';
import type {SimpleSignal} from '../../core/index';
import {equal, near, ok, rejects, test, throws} from '../harness';
import {film, inScene} from './film';
import {mock} from './mockStage';

test('components override compounds and later properties earlier ones', () =>
  inScene(view => {
    const a = createRef<Rect>();
    view.add(<Rect ref={a} y={5} position={[1, 2]} x={7} width={30} size={[10, 20]} />);
    equal(a().position().x, 7);
    equal(a().y(), 5);
    equal(a().width(), 30);
    equal(a().height(), 20);
    // `left` is set last, with the size known by then.
    const b = (<Rect left={[100, 0]} x={1} width={50} height={10} />) as Rect;
    equal(b.x(), 125);
    near(b.left().x, 100, 1e-9);
    near(b.right().x, 150, 1e-9);
    near(b.topLeft(), {x: 100, y: -5}, 1e-9);
  }));

test('setters chain and give the node', () =>
  inScene(view => {
    const rect = new Rect({});
    ok(rect.x(5).y(6).fill('red').opacity(2) === rect, 'the node comes back');
    equal(rect.opacity(), 1, 'opacity is clamped');
    equal((rect.fill() as Color).hex(), new Color('red').hex());
    view.add(rect);
    ok(rect.parent() === view, 'the view is the parent');
  }));

test('signals and functions are live as properties', () =>
  inScene(view => {
    const size = createSignal(50);
    const point = Vector2.createSignal([1, 2]);
    const rect = (
      <Rect width={size} height={() => size() * 2} position={point} opacity={() => size() / 100} />
    ) as Rect;
    view.add(rect);
    equal(rect.width(), 50);
    size(60);
    equal(rect.width(), 60);
    equal(rect.height(), 120);
    equal(rect.opacity(), 0.6);
    point([3, 4]);
    equal(rect.x(), 3);
    equal(rect.position().y, 4);
  }));

test('lengths take one value for both axes', () =>
  inScene(view => {
    const all = new Rect({size: '100%'});
    const half = new Rect({size: ['50%', 100]});
    view.add([all, half]);
    near(all.size(), {x: 1920, y: 1080}, 0.1);
    near(half.size(), {x: 960, y: 100}, 0.1);
    equal(all.size.x.context.raw(), '100%');
  }));

test('only nodes are kept as children, from fragments too', () =>
  inScene(view => {
    view.add(
      <>
        {[<Node />, <Node />]}
        {'text'} {5} {null} {false}
        <Node>
          <Rect />
          {false && <Rect />}
        </Node>
      </>,
    );
    equal(view.children().length, 3);
    equal(view.children()[2].children().length, 1);
  }));

test('keys count per class and duplicates are an error', async () => {
  await inScene(view => {
    const [a, b, c] = [new Rect({}), new Circle({}), new Rect({})];
    equal([a.key, b.key, c.key], ['test/Rect[1]', 'test/Circle[1]', 'test/Rect[2]']);
    ok(view.findKey('test/Rect[2]') === c, 'found by key');
  });
  await inScene(() => {
    const twins = [new Rect({key: 'twin'}), new Rect({key: 'twin'})];
    equal(twins.map(({key}) => key), ['twin', 'test/Rect[2]']);
  });
});

test('nodes move in the tree', () =>
  inScene(view => {
    const [a, b, c] = [new Node({}), new Node({}), new Node({})];
    view.add([a, b, c]);
    const order = () => view.children().map((node: Node) => [a, b, c].indexOf(node));
    c.moveToBottom();
    equal(order(), [2, 0, 1]);
    c.moveUp();
    equal(order(), [0, 2, 1]);
    a.moveAbove(b);
    equal(order(), [2, 1, 0]);
    a.moveBelow(c, true);
    equal(order(), [0, 2, 1]);
    b.remove();
    equal(order(), [0, 2]);
    ok(b.parent() === null, 'a removed node has no parent');
    view.insert(b, 1);
    equal(order(), [0, 1, 2]);
    a.add(b);
    equal(order(), [0, 2]);
    ok(b.parent() === a, 'added to another');
    throws(() => b.add(a), 'contains');
    ok(view.findFirst(node => node === b) === b, 'findFirst');
    equal(view.findAll(node => node instanceof Node).length, 3);
    ok(b.findAncestor(node => node instanceof View2D) === view, 'findAncestor');
  }));

test('reparenting keeps the place on screen', () =>
  inScene(view => {
    const a = new Node({x: 100, y: 50, rotation: 90, scale: 2});
    const b = new Rect({x: 10, width: 5, height: 5, rotation: 10});
    view.add([a, b]);
    const before = b.absolutePosition();
    b.reparent(a);
    near(b.absolutePosition(), before, 1e-9);
    near(b.absoluteRotation(), 10, 1e-9);
    near(b.scale(), {x: 0.5, y: 0.5}, 1e-9);
    near(b.rotation(), -80, 1e-9);
  }));

test('transforms multiply down the tree', () =>
  inScene(view => {
    const outer = new Node({position: [100, 0], rotation: 90});
    const inner = new Rect({position: [10, 0], width: 20, height: 20, offset: [1, 0]});
    outer.add(inner);
    view.add(outer);
    near(inner.absolutePosition(), {x: 960 + 100, y: 540}, 1e-9);
    near(inner.localToWorld().transformPoint({x: 10, y: 0}), {x: 1060, y: 550, z: 0, w: 1}, 1e-9);
    // The setter places the point that `position` names, the getter tells the middle.
    inner.absolutePosition([960, 540]);
    near(inner.absolutePosition(), {x: 960, y: 530}, 1e-9);
    outer.x(200);
    near(inner.absolutePosition(), {x: 1060, y: 530}, 1e-9);
  }));

test('children functions keep nodes that they give again', () =>
  inScene(view => {
    const count = createSignal(1);
    const kept = new Rect({});
    const node = (
      <Node>{() => [kept, ...Array.from({length: count()}, () => new Circle({}))]}</Node>
    ) as unknown as Node;
    view.add(node);
    equal(node.children().length, 2);
    const circle = node.children()[1];
    count(3);
    equal(node.children().length, 4);
    ok(node.children()[0] === kept, 'the same node');
    ok(circle.parent() === null, 'the former circle is out');
  }));

test('clone copies raw values, snapshotClone values, reactiveClone follows', () =>
  inScene(() => {
    const size = createSignal(10);
    const source = new Rect({width: size, height: 4, fill: 'red', children: new Circle({width: 3})});
    const clone = source.clone({x: 5});
    const snapshot = source.snapshotClone();
    const follower = source.reactiveClone();
    size(20);
    equal([clone.width(), snapshot.width(), follower.width()], [20, 10, 20]);
    equal(clone.x(), 5);
    equal(clone.children().length, 1);
    ok(clone.children()[0] !== source.children()[0], 'children are copied');
    source.height(9);
    equal([clone.height(), snapshot.height(), follower.height()], [4, 4, 9]);
  }));

test('states are saved and restored', async () => {
  const rect = createRef<Rect>();
  const seen: number[] = [];
  await film(
    function* (view) {
      view.add(<Rect ref={rect} width={10} height={10} fill={'red'} />);
      rect().save();
      rect().x(100).fill('blue').width(50);
      yield* rect().restore(0.5);
    },
    () => seen.push(rect().x()),
  );
  equal(seen[0], 100);
  equal(seen[seen.length - 1], 0);
  equal(rect().width(), 10);
  equal((rect().fill() as Color).hex(), '#ff0000ff');
});

class Badge extends Rect {
  @initial('hi')
  @signal()
  declare public readonly label: SimpleSignal<string, this>;
  @initial(7)
  @signal()
  declare public readonly lineWidth: SimpleSignal<number, this>;
  public constructor(props: any) {
    super({fill: 'green', ...props});
    this.add(<Txt text={() => this.label().toUpperCase()} />);
  }
  protected getDefaultZIndex(): number {
    return 3;
  }
  protected getOpacity(): number {
    return 0.5;
  }
}

class Cached extends Layout {
  public setupDrawFromCache(): void {}
}

test('custom components have properties, defaults and hooks of their own', () =>
  inScene(view => {
    const badge = (<Badge label={'new'} />) as Badge;
    view.add(badge);
    equal(badge.label(), 'new');
    equal((badge.children()[0] as Txt).text(), 'NEW');
    equal(new Badge({}).label(), 'hi');
    equal(badge.lineWidth(), 7);
    equal(badge.zIndex(), 3);
    equal(badge.opacity(), 0.5);
    equal(badge.key, 'test/Badge[1]');
    throws(() => new Cached({}), '`Cached` overrides `setupDrawFromCache()`');
  }));

test('filters are made on demand', () =>
  inScene(view => {
    const rect = new Rect({filters: [blur(3)]});
    view.add(rect);
    equal(rect.filters.blur(), 3);
    equal(rect.filters.contrast(), 1);
    rect.filters.contrast(2);
    equal(rect.filters().map(filter => filter.name), ['blur', 'contrast']);
  }));

test('fills tween in LCH and a text tween types', async () => {
  const rect = createRef<Rect>();
  const txt = createRef<Txt>();
  const seen: string[] = [];
  await film(
    function* (view) {
      view.add(<Rect ref={rect} fill={'red'} />);
      view.add(<Txt ref={txt} />);
      yield* rect().fill('blue', 1);
      yield* txt().text('hello', 0.5);
    },
    () => seen.push(txt().text()),
  );
  equal((rect().fill() as Color).hex(), '#0000ffff');
  equal(seen[seen.length - 1], 'hello');
  ok(seen.some(text => text.length > 0 && text.length < 5), 'typed in steps');
  equal(txt().size.x.context.raw(), null, 'width');
});

test('what cannot be drawn says so', async () => {
  await rejects(() => inScene(() => new Rive({src: 'a.riv'})), '<Rive>');
});

test('an error found late tells where the node was made', async () => {
  function makeFaulty(): Rect {
    return new Rect({rotation: NaN});
  }
  const error = await rejects(
    () =>
      film(function* (view) {
        view.add(makeFaulty());
        yield;
      }),
    'test/Rect[1]',
  );
  ok(error.message.includes('rotation'), error.message);
  ok(String(error.stack).includes('makeFaulty'), `the stack lacks the place: ${error.stack}`);
});

test('size tweens end at the raw value', async () => {
  const rect = createRef<Rect>();
  const seen: number[] = [];
  await film(
    function* (view) {
      view.add(<Rect ref={rect} width={'10%'} height={10} />);
      yield* rect().width('30%', 1);
    },
    () => seen.push(rect().width()),
  );
  near(seen[0], 192, 0.1);
  ok(seen.some(width => width > 200 && width < 560), 'in between');
  equal(rect().size.x.context.raw(), '30%');
});

test('a Line tweens between lists of unequal length', async () => {
  const line = createRef<Line>();
  let most = 0;
  await film(
    function* (view) {
      view.add(<Line ref={line} points={[[0, 0], [100, 0]]} stroke={'red'} lineWidth={2} />);
      equal(line().width(), 100);
      yield* line().points([[0, 0], [50, 50], [100, 0]], 0.5);
    },
    () => (most = Math.max(most, line().parsedPoints().length)),
  );
  equal(most, 3);
  near(line().parsedPoints()[1], {x: 50, y: 50}, 1e-9);
});

test('keys are of any kind, and what is true to JavaScript switches on', () =>
  inScene(view => {
    const rects = [0, 1].map(index => <Rect key={index as any} size={10} />) as Rect[];
    view.add(rects);
    equal(rects.map(rect => rect.key as unknown), [0, 1]);
    const scene = useScene() as any;
    ok(scene.getNode(1) === rects[1] && scene.getNode('1') === null, 'a number is no text');
    ok((<Rect key={null as any} />).key.startsWith('test/Rect['), 'nothing is no key');
    view.add(<Rect size={9} clip={'true' as any} cache={1 as any} fill={'red'} fontStyle={'Italic'} />);
    const Big = withDefaults(Rect, {size: 50});
    const big = createRef<Rect>();
    view.add(<Big ref={big} height={20} />);
    equal([big().width(), big().height()], [50, 20]);
  }));

class Watched extends Rect {
  @initial(1)
  @signal()
  declare public readonly level: SimpleSignal<number, this>;
  @signal()
  declare public readonly unset: SimpleSignal<number, this>;
  declare public heard: unknown[];

  public constructor(props: any) {
    super(props);
  }

  protected setLevel(value: any): void {
    (this.heard ??= []).push(['level', value]);
    this.level.context.setter(value);
  }

  protected setUnset(value: any): void {
    (this.heard ??= []).push(['unset', value]);
    this.unset.context.setter(value);
  }

  protected setScaleX(value: any): void {
    (this.heard ??= []).push(['scaleX', value]);
    (this as any).scale.x.context.setter(value);
  }
}

test('a setter of one’s own hears of the initial value, then of what is given', () =>
  inScene(view => {
    const plain = (<Watched />) as Watched;
    equal(plain.heard, [['scaleX', 1], ['level', 1]]);
    const given = (<Watched level={5} scale={2} unset={3} />) as Watched;
    equal(given.heard, [['scaleX', 1], ['scaleX', 2], ['level', 1], ['level', 5], ['unset', 3]]);
    view.add(given);
    equal([given.level(), given.scale.x(), given.scale.y()], [5, 2, 2]);
  }));

test('a copy makes its children by the same function', () =>
  inScene(view => {
    const count = createSignal(2);
    const list = (<Layout>{() => Array.from({length: count()}, () => <Rect size={5} />)}</Layout>) as Layout;
    const copy = list.clone();
    const still = list.snapshotClone();
    view.add([list, copy, still]);
    count(4);
    equal([list, copy, still].map(node => node.children().length), [4, 4, 2]);
    ok(copy.childAs(0) !== list.childAs(0), 'they are nodes of its own');
  }));

test('a polygon may have a part of a side', () =>
  inScene(view => {
    const polygon = new Polygon({size: 100, sides: 5.5});
    view.add(polygon);
    near(polygon.vertex(0), {x: 0, y: -50}, 1e-9);
    const angle = (5 / 5.5) * 2 * Math.PI;
    near(polygon.vertex(5), {x: Math.sin(angle) * 50, y: -Math.cos(angle) * 50}, 1e-9);
    equal([-1, 0, 4, 5, 6].map(index => polygon.vertexCompletion(index)), [0, 1, 1, 0.5, 0]);
  }));

test('gradients and timing run through a film', async () => {
  const color = createSignal('red');
  await film(function* (view) {
    view.add(<Circle width={10} fill={new Gradient({stops: [{offset: 0, color}, {offset: 1, color: 'blue'}]})} />);
    yield* waitFor(0.3);
    color('green');
    yield* waitFor(0.3);
  });
});

test('the stage knows every property that it is told of', () =>
  inScene(view => {
    const nodes: Node[] = [
      ...[Node, Knot, Layout, Rect, Circle, Line, Ray, Spline, QuadBezier, CubicBezier, Path].map(Class => new Class({})),
      ...[Polygon, Grid, Txt].map(Class => new Class({})),
      ...[Img, Video, Audio].map(Class => new Class({src: ''})),
      view,
    ];
    for (const node of nodes) {
      for (const {names} of [...Object.values(node.$$stageProperties), ...node.$$stageDerived]) {
        for (const name of names) node.$$stageLink.put(node, node.$$nativeId, name, null);
      }
    }
    nodes[0].$$stageLink.send();
    ok(nodes.every(node => 'opacity' in node.$$stageProperties), 'all have those of a node');
  }));

if (mock !== null) {
  const stage = mock;
  test('what is measured while it is told is told all the same (mock)', async () => {
    const rect = createRef<Rect>();
    await film(function* (view) {
      const diagonal = () => [[0, 0], rect().size()];
      view.add(<Rect ref={rect} width={'50%'} height={'100%'} lineWidth={() => rect().height() / 10} />);
      view.add(<Line points={diagonal as any} />);
    });
    const told = (kind: string) => stage.values.get([...stage.kinds].filter(([, name]) => name === kind).pop()![0])!;
    equal([told('rect').width, told('rect').height, told('rect').lineWidth], ['50%', '100%', 108]);
    near(told('line').points, [0, 0, 960, 1080], 1e-9);
  });

  test('a component is one node of the stage, told what its classes say (mock)', async () => {
    const before = stage.kinds.size;
    await film(function* (view) {
      view.add(<Grid width={100} height={50} spacing={[40, 30]} end={0.5} stroke={'red'} />);
      view.add(<Polygon size={10} sides={5.5} radius={2} fill={'red'} end={0.5} />);
      view.add(<Audio src={'a.mp3'} opacity={0.5} radius={3} />);
      view.add(<Path data={'M0 0L10 0'} closed lineWidth={2} />);
    });
    const made = [...stage.kinds].slice(before);
    equal(made.map(([, kind]) => kind), ['view', 'grid', 'polygon', 'audio', 'path']);
    const told = (kind: string) => stage.values.get(made.find(([, name]) => name === kind)![0])!;
    equal(told('grid'), {width: 100, height: 50, spacing: [40, 30], end: 0.5, stroke: [1, 0, 0, 1]});
    equal(told('polygon'), {width: 10, height: 10, sides: 5.5, radius: 2, fill: [1, 0, 0, 1], end: 0.5});
    // A sound is a group, and a path says by itself where it is closed.
    equal(told('audio'), {opacity: 0.5});
    equal(told('path'), {path: [0, 0, 0, 1, 10, 0], lineWidth: 2});
  });

  test('only what is set and what changes is written (mock)', async () => {
    const rect = createRef<Rect>();
    const perFrame: number[] = [];
    await film(
      function* (view) {
        for (let index = 0; index < 50; index++) view.add(<Circle x={index} width={5} height={5} fill={'red'} />);
        view.add(<Rect ref={rect} width={10} height={10} />);
        yield* rect().x(100, 0.5);
      },
      () => {
        perFrame.push(stage.writes.length);
        stage.writes = [];
      },
    );
    const circle = [...stage.kinds].filter(([, kind]) => kind === 'circle').pop()![0];
    equal(stage.values.get(circle), {position: [49, 0], width: 5, height: 5, fill: [1, 0, 0, 1]});
    ok(perFrame.slice(1).every(count => count <= 1), `writes per frame: ${perFrame.join(' ')}`);
  });

  test('properties that chase one another are named (mock)', async () => {
    const error = await rejects(
      () =>
        film(function* (view) {
          const box = new Layout({layout: true, width: () => text().length * 10});
          const text = createSignal('x');
          box.add(<Rect width={() => box.width() + 1} height={() => (text('x'.repeat(box.width() / 10 + 1)), 5)} />);
          view.add(box);
          yield;
        }),
      'never settle',
    );
    ok(error.message.includes('test/Rect[1].size'), error.message);
  });
}
