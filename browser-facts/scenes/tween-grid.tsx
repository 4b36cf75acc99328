import {Grid, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 6, 14, 20];

const scene = makeScene2D('tween-grid', function* (view) {
  const grid = createRef<Grid>();
  view.add(<Grid ref={grid} width={'100%'} height={'100%'} stroke={'#3a86ff'} lineWidth={2} spacing={30} start={0} end={0} />);
  yield* all(grid().end(0.5, 0.5, linear).to(1, 0.3), grid().start(0.5, 0.5, linear).to(0, 0.3), grid().spacing([40, 20], 0.8, linear));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
