import {blur, makeScene2D, Rect, Txt} from '@revideo/2d';
import {makeProject, waitFor} from '@revideo/core';

const scene = makeScene2D('resolution-scale', function* (view) {
  view.fill('#dddddd');
  view.add(
    <>
      <Rect x={-60} y={-20} size={60} fill={'crimson'} radius={10} filters={[blur(4)]} />
      <Rect x={60} y={-20} size={50} fill={'teal'} shadowColor={'black'} shadowBlur={10} shadowOffset={6} />
      <Txt y={55} fontSize={24} fill={'black'} text={'one and a half'} />
    </>,
  );
  yield* waitFor(0.1);
});

export default makeProject({
  scenes: [scene],
  settings: {shared: {size: {x: 240, y: 160}}, rendering: {resolutionScale: 1.5}},
});
