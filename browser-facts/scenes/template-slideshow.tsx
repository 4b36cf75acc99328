import {Img, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, easeInOutCubic, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 5, 13, 19];

const scene = makeScene2D('template-slideshow', function* (view) {
  const first = createRef<Img>();
  const second = createRef<Img>();
  const title = createRef<Txt>();
  view.fill('black');
  yield view.add(
    <>
      <Img ref={first} src={'/photo.jpg'} width={360} />
      <Img ref={second} src={'/picture.png'} width={200} x={260} />
      <Rect y={70} size={[320, 40]} fill={'#000a'} />
      <Txt ref={title} y={70} fill={'white'} fontSize={20} text={'First'} />
    </>,
  );
  yield* all(first().scale(1.15, 0.3), first().position.y(-10, 0.3));
  title().text('Second');
  yield* all(first().position.x(-360, 0.3, easeInOutCubic), second().position.x(0, 0.3, easeInOutCubic));
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
