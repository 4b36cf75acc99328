import {Circle, Layout, Node, Rect, Txt} from '../../2d/index';
import {Vector2, all, createComputed, createRef, createSignal, waitFor} from '../../core/index';
import {equal, near, ok, test} from '../harness';
import {film, inScene} from './film';
import {mock} from './mockStage';

test('what depends on a text follows it', async () => {
  const txt = createRef<Txt>();
  const box = createRef<Rect>();
  const widths: [number, number][] = [];
  await film(
    function* (view) {
      view.add(<Txt ref={txt} text={'a'} />);
      view.add(<Rect ref={box} width={() => txt().width() + 40} height={10} />);
      yield* txt().text('a much longer text', 0.5);
      txt().fontSize(txt().fontSize() * 2);
      yield* waitFor(0.2);
    },
    () => widths.push([txt().width(), box().width()]),
  );
  for (const [own, around] of widths) near(around, own + 40, 1e-6);
  ok(widths[widths.length - 1][0] > widths[0][0], 'it has grown');
});

test('computed values of measured sizes are fresh', () =>
  inScene(view => {
    const text = createSignal('one');
    const txt = new Txt({text});
    const parent = new Node({children: txt});
    const width = createComputed(() => txt.width());
    const before = width();
    ok(before > 0, 'measured without being in the view');
    text('one two three');
    ok(width() > before, 'wider');
    text('one');
    equal(width(), before);
    view.add(parent);
    equal(width(), before);
  }));

test('sizes in pixels are known without a layout', () =>
  inScene(view => {
    const rect = new Rect({width: 30, height: 40});
    view.add(rect);
    const before = mock?.boxes;
    equal([rect.width(), rect.height(), rect.size().x], [30, 40, 30]);
    near(rect.topLeft(), {x: -15, y: -20}, 0);
    equal(mock?.boxes, before, 'boxes asked for');
  }));

test('points of the box move it, reactive ones live', () =>
  inScene(view => {
    const a = new Rect({size: 100, x: 50});
    const b = new Rect({size: 20, left: () => a.right().add([10, 0])});
    view.add([a, b]);
    near(b.x(), 120, 1e-9);
    a.x(150);
    near(b.x(), 220, 1e-9);
    const c = new Rect({size: [40, 20], offset: [-1, 0], rotation: 90, position: [5, 5]});
    near(c.left(), {x: 5, y: 5}, 1e-9);
    near(c.right(), {x: 5, y: 45}, 1e-9);
    c.middle([0, 0]);
    near(c.left(), {x: 0, y: -20}, 1e-9);
    c.moveOffset([1, 0]);
    near(c.middle(), {x: 0, y: 0}, 1e-9);
    near(c.position(), {x: 0, y: 20}, 1e-9);
  }));

test('text styles come from the layout around, then from the view', () =>
  inScene(view => {
    const inner = createRef<Txt>();
    const free = createRef<Txt>();
    view.add(
      <>
        <Layout layout fontSize={20} fontFamily={'Fira'} lineHeight={'150%'}>
          <Txt ref={inner} text={'a'} />
        </Layout>
        <Rect fontSize={20}>
          <Txt ref={free} text={'a'} />
        </Rect>
      </>,
    );
    equal([inner().fontSize(), inner().fontFamily(), inner().lineHeight()], [20, 'Fira', 30]);
    // A box without a layout hands nothing down.
    equal([free().fontSize(), free().fontFamily(), free().fontWeight()], [48, 'Roboto', 400]);
    near(free().lineHeight(), 57.6, 1e-9);
  }));

test('nested texts have the style of the text around', () =>
  inScene(view => {
    const run = createRef<Txt>();
    const txt = (
      <Txt fill={'red'} lineWidth={2}>
        one <Txt ref={run}>two</Txt> <Txt.b>three</Txt.b> {4} <Rect />
      </Txt>
    ) as Txt;
    view.add(txt);
    equal(txt.text(), 'one two three  ');
    equal(run().fill(), txt.fill());
    equal(run().lineWidth(), 2);
    equal((txt.children()[3] as Txt).fontWeight(), 700);
    txt.text('plain');
    equal(txt.children().length, 1);
    equal(txt.text(), 'plain');
  }));

test('layout modes', () =>
  inScene(view => {
    const group = createRef<Layout>();
    const child = createRef<Rect>();
    view.add(
      <Layout ref={group} layout>
        <Node>
          <Rect ref={child} size={10} x={99} />
        </Node>
      </Layout>,
    );
    ok(!child().isLayoutRoot(), 'in the layout, through the group');
    ok(child().$$layoutRoot() === group(), 'of the outer one');
    group().layout(false);
    ok(child().isLayoutRoot(), 'on its own');
    equal(child().x(), 99);
    ok(new Txt({text: 'a'}).isLayoutRoot(), 'a detached text');
  }));

test('tweens of sizes keep the raw value', async () => {
  const rect = createRef<Rect>();
  await film(function* (view) {
    view.add(<Rect ref={rect} width={100} height={10} />);
    yield* all(rect().size(['50%', 20], 0.3), rect().opacity(0.5, 0.3));
    equal([rect().size.x.context.raw(), rect().height()], ['50%', 20]);
    near(rect().width(), 960, 0.1);
    yield* rect().size(30, 0.2);
  });
  equal([rect().width(), rect().height()], [30, 30]);
});

// These need boxes that only the stage lays out.
if (mock === null) {
  test('boxes in a column stand below one another (stage)', () =>
    inScene(view => {
      const column = (
        <Layout layout direction={'column'} gap={10} padding={5}>
          <Rect width={100} height={20} />
          <Circle size={[50, 30]} />
        </Layout>
      ) as Layout;
      view.add(column);
      near(column.size(), {x: 110, y: 70}, 0.01);
      const [rect, circle] = column.children() as [Rect, Circle];
      near(rect.position(), {x: 0, y: -20}, 0.01);
      near(circle.position(), {x: -25, y: 15}, 0.01);
      near(circle.bottom(), {x: -25, y: 30}, 0.01);
      circle.margin(5);
      near(column.height(), 80, 0.01);
      rect.remove();
      near(column.size(), {x: 70, y: 50}, 0.01);
      column.insert(rect);
      near(rect.position().y, -20 - 5, 0.01);
    }));

  test('a locked size neither grows nor shrinks (stage)', async () => {
    const rect = createRef<Rect>();
    const widths: number[] = [];
    await film(
      function* (view) {
        view.add(
          <Layout layout width={400}>
            <Rect ref={rect} grow={1} height={10} />
          </Layout>,
        );
        near(rect().width(), 400, 0.01);
        yield* rect().width(100, 1);
      },
      () => widths.push(rect().width()),
    );
    ok(widths.some(width => width > 150 && width < 350), `in between: ${widths.join(' ')}`);
    near(rect().width(), 400, 0.01, 'grows again');
  });

  test('children functions take part in the layout (stage)', () =>
    inScene(view => {
      const count = createSignal(2);
      const row = (
        <Layout layout gap={10}>
          {() => Array.from({length: count()}, () => <Rect size={20} />)}
        </Layout>
      ) as unknown as Layout;
      view.add(row);
      near(row.width(), 50, 0.01);
      count(4);
      near(row.width(), 110, 0.01);
      near(row.children()[3].position(), new Vector2(45, 0), 0.01);
    }));

  test('a typed text grows and ends with its own size (stage)', async () => {
    const txt = createRef<Txt>();
    const seen: {text: string; width: number; height: number}[] = [];
    await film(
      function* (view) {
        view.add(<Txt ref={txt} />);
        yield* txt().text('some text to type', 1);
      },
      () => seen.push({text: txt().text(), width: txt().width(), height: txt().height()}),
    );
    ok(seen[3].width > 0 && seen[3].width < seen[seen.length - 1].width, 'narrower on the way');
    near(seen[3].height, seen[seen.length - 1].height, 0.01, 'as high from the start');
    equal(txt().size.x.context.raw(), null);
  });
}
