import {Circle, makeScene2D, Node, Rect} from '@revideo/2d';
import {createRef, makeProject, waitFor} from '@revideo/core';

export const frames = [0, 2, 5, 8, 11];

const scene = makeScene2D('tree-edits', function* (view) {
  const red = createRef<Rect>();
  const group = createRef<Node>();
  const dot = createRef<Circle>();
  view.add(
    <>
      <Rect ref={red} x={-40} size={70} fill={'red'} />
      <Rect x={0} y={20} size={70} fill={'green'} key={'green'} />
      <Rect x={40} size={70} fill={'blue'} />
      <Node ref={group} x={90} rotation={30} scale={0.8}>
        <Circle ref={dot} size={40} fill={'gold'} />
      </Node>
    </>,
  );
  yield* waitFor(0.1);
  red().moveToTop();
  view.insert(<Rect y={-30} width={200} height={30} fill={'black'} />, 0);
  yield* waitFor(0.1);
  dot().reparent(view);
  dot().absolutePosition([60, 40]);
  view.findFirst(node => node.key === 'green')?.remove();
  yield* waitFor(0.1);
  view.add(red().clone({x: 100, y: 50, scale: 0.5, fill: 'purple'}));
  group().add(<Rect size={30} fill={'teal'} />);
  group().moveToBottom();
  yield* waitFor(0.1);
  red().moveBelow(dot());
  view.removeChildren();
  view.add(dot().snapshotClone({x: 0, y: 0}));
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
