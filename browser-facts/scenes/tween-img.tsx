import {Img, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 7, 14];

const scene = makeScene2D('tween-img', function* (view) {
  const image = createRef<Img>();
  yield view.add(<Img ref={image} src={'/photo.jpg'} width={120} radius={0} />);
  yield* all(image().width(220, 0.5, linear), image().radius(40, 0.5, linear), image().rotation(15, 0.5), image().alpha(0.6, 0.5, linear));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
