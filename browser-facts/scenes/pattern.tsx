import {Circle, Img, makeScene2D, Pattern, Rect} from '@revideo/2d';
import {loadImage, makeProject, waitFor} from '@revideo/core';

const scene = makeScene2D('pattern', function* (view) {
  const image: HTMLImageElement = yield loadImage('/pixels.png');
  view.add(
    <>
      <Rect x={-80} width={120} height={100} fill={new Pattern({image, repetition: 'repeat'})} />
      <Circle x={60} size={100} fill={new Pattern({image, repetition: 'repeat-x'})} stroke={'black'} lineWidth={2} />
      <Img x={130} y={-60} src={'/pixels.png'} width={24} smoothing={false} />
    </>,
  );
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
