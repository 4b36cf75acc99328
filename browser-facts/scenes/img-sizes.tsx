import {Img, Layout, Rect} from '@revideo/2d';
import {createRef, makeProject, waitFor} from '@revideo/core';
import {makeScene2D} from '@revideo/2d';

const scene = makeScene2D('img-sizes', function* (view) {
  const photo = createRef<Img>();
  yield view.add(<Img ref={photo} src={'/photo.jpg'} height={'40%'} y={-45} x={-90} radius={[20, 0, 20, 0]} stroke={'white'} lineWidth={4} strokeFirst />);
  const natural = photo().naturalSize();
  view.add(
    <>
      <Rect x={-90} y={50} width={natural.x / 2} height={natural.y / 2} stroke={'black'} lineWidth={2} />
      <Layout layout x={70} y={-40} width={150} gap={10} padding={5}>
        <Img src={'/photo.jpg'} grow={1} radius={6} />
        <Img src={'/picture.png'} width={40} height={40} clip>
          <Rect size={20} x={20} y={20} fill={'black'} />
        </Img>
      </Layout>
      <Img x={70} y={50} src={'/photo.jpg'} size={[120, 40]} opacity={0.6} shadowColor={'black'} shadowBlur={10} shadowOffset={5} />
    </>,
  );
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
