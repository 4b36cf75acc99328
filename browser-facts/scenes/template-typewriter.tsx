import {Txt, Rect, makeScene2D} from '@revideo/2d';
import {createRef, createSignal, linear, loop, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 5, 11, 19];

const scene = makeScene2D('template-typewriter', function* (view) {
  const text = createRef<Txt>();
  const caret = createRef<Rect>();
  const shown = createSignal(0);
  const all = 'npm run render';
  view.fill('#1e1e1e');
  view.add(<Txt ref={text} x={-120} offset={[-1, 0]} fontSize={28} fill={'#9cdcfe'} text={''} />);
  text().text(() => all.slice(0, Math.floor(shown())));
  view.add(<Rect ref={caret} size={[3, 32]} fill={'white'} x={() => -120 + text().width() + 4} />);
  yield loop(Infinity, function* () {
    caret().opacity(1);
    yield* waitFor(0.1);
    caret().opacity(0);
    yield* waitFor(0.1);
  });
  yield* shown(all.length, 0.6, linear);
  yield* waitFor(0.2);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
