import {Circle, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, easeOutCubic, makeProject, useScene, waitFor} from '@revideo/core';

const scene = makeScene2D('hello', function* (view) {
  const message = useScene().variables.get('message', 'Hello from Kinora');
  const disc = createRef<Circle>();
  const bar = createRef<Rect>();
  const text = createRef<Txt>();

  view.fill('#101426');
  view.add(
    <>
      <Circle ref={disc} size={0} fill="#ff7a59" y={-140} />
      <Rect ref={bar} width={0} height={12} radius={6} fill="#5ad1c8" y={120} />
      <Txt ref={text} text={message()} fontSize={96} fill="white" opacity={0} y={220} />
    </>,
  );

  yield* disc().size(320, 0.8, easeOutCubic);
  yield* all(bar().width(900, 0.6), text().opacity(1, 0.6), disc().position.x(120, 0.6));
  yield* all(disc().position.x(-120, 1.2), disc().fill('#ffd166', 1.2));
  yield* disc().position.x(0, 0.6);
  yield* waitFor(0.8);
});

export default makeProject({
  scenes: [scene],
  settings: {shared: {size: {x: 1920, y: 1080}}},
});
