/** (d) An hour in which a line of text changes once a minute; the variable `minutes` says how many. */
import {Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {createRef, makeProject, range, useScene, waitFor} from '@revideo/core';

const scene = makeScene2D('hour', function* (view) {
  const minutes = useScene().variables.get('minutes', 60)();
  const line = createRef<Txt>();
  view.fill('#203040');
  view.add(
    <Layout layout direction={'column'} gap={40} alignItems={'center'}>
      <Rect width={800} height={6} fill={'#68abdf'} />
      <Txt ref={line} fill={'white'} fontFamily={'Roboto'} fontSize={72} text={'Minute 0'} />
    </Layout>,
  );
  for (const minute of range(minutes)) {
    line().text(`Minute ${minute}`);
    yield* waitFor(60);
  }
});

export default makeProject({scenes: [scene], settings: {rendering: {fps: 30}}});
