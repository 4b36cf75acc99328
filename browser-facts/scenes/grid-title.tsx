import {Grid, makeScene2D, Rect, Txt} from '@revideo/2d';
import {all, createRef, makeProject, waitFor} from '@revideo/core';

export const frames = [0, 8, 15, 24, 29];

const scene = makeScene2D('grid-title', function* (view) {
  view.fill('#fafafa');
  const grid = createRef<Grid>();
  const heading = createRef<Txt>();
  const size = createRef<Txt>();
  const card = createRef<Rect>();
  view.add(<Grid ref={grid} width={'100%'} height={'100%'} spacing={30} stroke={'#cccccc'} start={0.5} end={0.5} />);
  yield* all(grid().start(0, 0.3).wait(0.2), grid().end(1, 0.3).wait(0.2));
  // Measured without being shown.
  const detached = <Txt ref={size} fontSize={26} fontWeight={700} text={'Measured first'} />;
  view.add(<Txt ref={heading} text={'Measured first'} fontSize={1} fontWeight={700} width={'1%'} textWrap y={-30} fill={'#333333'} />);
  yield* all(heading().fontSize(26, 0.3), heading().width(size().width(), 0.3));
  view.add(
    <Rect ref={card} left={[heading().left().x, 30]} width={() => heading().width() / 2} height={40} padding={10} fill={'teal'} radius={8}>
      <Txt fontSize={14} fill={'white'} text={'in a card'} />
    </Rect>,
  );
  view.add(<Rect position={card().position} size={[20, 6]} y={() => card().bottom().y} fill={'orange'} zIndex={1} />);
  detached.dispose();
  yield* waitFor(0.2);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
