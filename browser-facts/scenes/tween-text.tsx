import {Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 5, 10, 17];

const scene = makeScene2D('tween-text', function* (view) {
  const text = createRef<Txt>();
  view.add(<Txt ref={text} text={'Short'} fontSize={24} fill={'white'} />);
  yield* all(text().text('A longer text', 0.6, linear), text().fontSize(36, 0.6, linear), text().fill('gold', 0.6));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}, background: '#123'}}});
