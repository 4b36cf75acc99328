import {Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 8, 16, 23];

const scene = makeScene2D('template-news-ticker', function* (view) {
  const ticker = createRef<Txt>();
  view.fill('#003049');
  view.add(
    <Rect y={64} size={[320, 34]} fill={'#d62828'} clip>
      <Txt ref={ticker} x={180} offset={[-1, 0]} fontSize={18} fill={'white'} text={'Breaking: everything is drawn without a browser'} />
    </Rect>,
  );
  view.add(<Rect x={-130} y={64} size={[60, 34]} fill={'#fcbf49'} />);
  view.add(<Txt x={-130} y={64} fontSize={15} fontWeight={700} text={'LIVE'} />);
  view.add(<Layout />);
  yield* ticker().position.x(-200, 0.8, linear);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
