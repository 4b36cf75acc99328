import {Rect, Txt, makeScene2D} from '@revideo/2d';
import {Direction, slideTransition, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 8, 12, 16];

const scene = makeScene2D('scene-slide', function* (view) {
  view.fill('#264653');
  view.add(<Txt text={'one'} fill={'white'} fontSize={40} />);
  yield* waitFor(0.2);
});

const second = makeScene2D('scene-slide-2', function* (view) {
  view.fill('#e76f51');
  view.add(<Rect size={80} fill={'white'} />);
  yield* slideTransition(Direction.Left, 0.4);
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene, second], settings: {shared: {size: {x: 320, y: 180}}}});
