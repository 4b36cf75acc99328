import './mockStage';
import {Layout, Node, Rect} from '../../2d/index';
import {BBox, Vector2, createRef, useContext} from '../../core/index';
import {equal, near, ok, rejects, test} from '../harness';
import {film, inScene} from './film';

const global = globalThis as any;

class Counted extends Node {
  public drawn = 0;
  public contexts: any[] = [];

  protected override draw(context: any): void {
    this.drawn++;
    this.contexts.push(context);
    context.fillRect(0, 0, 10, 10);
  }
}

test('a node that can be seen is drawn in every frame, any other in none', async () => {
  const seen = new Map<string, number>();
  const nodes: Counted[] = [];
  await film(
    function* (view) {
      const [shown, faint, apart] = ['shown', 'faint', 'apart'].map(key => new Counted({key}));
      nodes.push(shown, faint, apart);
      view.add(shown);
      view.add(<Node opacity={0}>{faint}</Node>);
      yield;
      yield;
    },
    frame => nodes.forEach(node => seen.set(`${node.key} ${frame}`, node.drawn)),
  );
  equal(nodes.map(node => node.drawn), [nodes[0].drawn, 0, 0]);
  ok(nodes[0].drawn >= 3, `drawn ${nodes[0].drawn} times`);
  equal(seen.get('shown 1')! > seen.get('shown 0')!, true);
});

test('the context of a node knows where the node lies on the film', async () => {
  await film(function* (view) {
    const node = new Counted({position: [30, 40], scale: 2});
    view.add(node);
    yield;
    const context = node.contexts[0];
    equal([context.canvas.width, context.canvas.height], [1920, 1080]);
    near(context.getTransform().toArray(), [2, 0, 0, 2, 990, 580], 1e-9);
    context.setTransform(1, 0, 0, 1, 0, 0);
    near(context.getTransform().toArray(), [1, 0, 0, 1, 0, 0], 1e-9);
  });
});

test('what takes its time to draw is waited for', async () => {
  class Slow extends Rect {
    public ended = 0;
    protected override async draw(context: any): Promise<void> {
      await super.draw(context);
      await null;
      await Promise.resolve();
      context.fillRect(0, 0, 1, 1);
      this.ended++;
    }
  }
  const slow = createRef<Slow>();
  const ended: number[] = [];
  await film(
    function* (view) {
      view.add(<Slow ref={slow} size={10} />);
      yield;
    },
    () => ended.push(slow().ended),
  );
  ok(ended.every((count, frame) => count > frame), `ended ${ended}`);
});

test('an error while drawing tells where the node was made', async () => {
  class Faulty extends Node {
    protected override draw(): void {
      throw new Error('no ink');
    }
  }
  function makeFaulty(): Node {
    return new Faulty({});
  }
  const error = await rejects(
    () =>
      film(function* (view) {
        view.add(makeFaulty());
        yield;
      }),
    'no ink',
  );
  ok(String(error.stack).includes('makeFaulty'), `the stack lacks the place: ${error.stack}`);
});

test('more than can be drawn names the node', async () => {
  class Deep extends Node {
    protected override draw(context: any): void {
      for (let index = 0; index < 100; index++) {
        context.beginPath();
        context.arc(0, 0, 10 + index, 0, 6);
        context.clip();
      }
      context.fillRect(0, 0, 1, 1);
    }
  }
  await rejects(
    () =>
      film(function* (view) {
        view.add(new Deep({key: 'deep'}));
        yield;
      }),
    '`deep`: more than 64 clips',
  );
});

test('a shape gives its outline as a path', () =>
  inScene(view => {
    const rect = new Rect({size: [20, 10]}) as any;
    view.add(rect);
    const {numbers, length} = rect.getPath().$$tape;
    const xs = [...numbers.subarray(0, length)].filter(number => Math.abs(number) === 10);
    equal(xs.length > 0, true);
  }));

test('the size that a class wants is what layout gives it', () =>
  inScene(view => {
    class Sized extends Rect {
      protected override desiredSize(): any {
        return {x: 120, y: '50%'};
      }
    }
    const sized = new Sized({});
    view.add(
      <Layout layout size={[400, 200]} alignItems={'start'}>
        {sized}
      </Layout>,
    );
    equal(sized.size(), new Vector2(120, 100));
    const free = new Sized({width: 5});
    view.add(free);
    equal(free.width(), 120);
  }));

test('boxes follow what a class says of itself', () =>
  inScene(view => {
    class Boxed extends Node {
      protected override getCacheBBox(): BBox {
        return new BBox(-5, -6, 10, 12);
      }
    }
    const group = new Node({children: [new Boxed({x: 100})]});
    view.add(group);
    const {x, y, width, height} = group.cacheBBox();
    near([x, y, width, height], [0, -6, 105, 12], 1e-9);
  }));

test('animation frames are called once a frame', async () => {
  const times: number[] = [];
  const calls = (time: number) => {
    times.push(time);
    global.requestAnimationFrame(calls);
  };
  let cancelled = 0;
  await film(function* () {
    global.requestAnimationFrame(calls);
    global.cancelAnimationFrame(global.requestAnimationFrame(() => cancelled++));
    yield;
    yield;
    yield;
  });
  equal(cancelled, 0);
  ok(times.length >= 3 && times.length <= 5, `called at ${times}`);
  near(times[1] - times[0], 100, 1e-6);
});

test('what is drawn below and above the nodes is asked for in every frame', async () => {
  let drawn = 0;
  let stop = () => {};
  const counts: number[] = [];
  await film(
    function* () {
      stop = useContext(context => {
        drawn++;
        (context as any).fillRect(0, 0, 10, 10);
      });
      yield;
      stop();
      yield;
      yield;
    },
    (_, player) => {
      player.views();
      counts.push(drawn);
    },
  );
  equal(counts.slice(0, 2), [1, 1]);
});
