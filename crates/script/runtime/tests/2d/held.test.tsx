import {Circle, Layout, Rect, Txt, Video} from '../../2d/index';
import {all, createRef, linear, makeProject, useScene, waitFor} from '../../core/index';
import {makeScene2D} from '../../2d/index';
import {openPlayer} from '../../player/index';
import {equal, ok, test} from '../harness';
import {film} from './film';
import {mock} from './mockStage';

/** Nodes in a row, tweened and taken out. */
function* turnover(view: any, rounds: number): Generator<any, void, any> {
  for (let round = 0; round < rounds; round++) {
    const nodes = Array.from({length: 50}, () => (
      <Rect size={10} fill={'red'}>
        <Circle size={5} />
        <Layout layout>
          <Txt text={'text'} />
        </Layout>
      </Rect>
    )) as Rect[];
    view.add(nodes);
    yield* all(...nodes.map(node => all(node.position([50, 50], 0.2, linear), node.fill('blue', 0.2))));
    for (const node of nodes) node.remove();
  }
}

// When what nobody can reach is cleared away is the engine's affair.
if (mock === null) {
  test('the stage gives back what belonged to nodes that nobody can reach', async () => {
    const held: {nodes: number; slots: number}[] = [];
    const scene = (name: string) =>
      makeScene2D(name, function* (view) {
        yield* turnover(view, 20);
      });
    const player = openPlayer(makeProject({scenes: [scene('one'), scene('two'), scene('three')]}), {fps: 10});
    await player.start();
    const before = __kinora.held().nodes;
    while (!(await player.next())) held.push(__kinora.held());
    // 15,000 nodes were there in all, with 6,000 rows of slots.
    const most = Math.max(...held.map(({nodes}) => nodes)) - before;
    ok(most < 8_000, `${most} nodes were held`);
    const slots = Math.max(...held.map(entry => entry.slots));
    ok(slots < 4_000, `${slots} rows of slots were held`);
  });
}

test('a node that was taken out and is still known can be put back, tweened and asked for', async () => {
  const rect = createRef<Rect>();
  await film(function* (view) {
    view.add(<Rect ref={rect} key={'kept'} size={10} fill={'red'} />);
    yield* rect().x(100, 0.2, linear);
    rect().remove();
    yield* turnover(view, 5);
    equal((useScene() as any).getNode('kept') === rect(), true, 'it is found by its key');
    yield* rect().x(50, 0.2, linear);
    view.add(rect());
    yield* rect().x(70, 0.2, linear);
    equal(rect().absolutePosition().x - view.absolutePosition().x, 70);
  });
});

test('a scene that is over lets go of its nodes, and a video that plays on is heard', async () => {
  const sounds: number[] = [];
  const one = makeScene2D('one', function* (view) {
    const video = createRef<Video>();
    view.add(<Video ref={video} src={'/a.mp4'} play />);
    video().remove();
    yield* waitFor(0.3);
    video().pause();
    yield* waitFor(0.2);
  });
  const two = makeScene2D('two', function* (view) {
    equal([...(useScene() as any).$$getNodes()].length, 1, 'nodes at the beginning');
    view.add(<Rect size={10} />);
    yield* waitFor(0.2);
  });
  const scenes = [one, two];
  const player = openPlayer(makeProject({scenes}), {fps: 10});
  await player.start();
  sounds.push(player.sounds().length);
  while (!(await player.next())) sounds.push(player.sounds().length);
  equal(sounds, [1, 1, 0, 0, 0]);
});
