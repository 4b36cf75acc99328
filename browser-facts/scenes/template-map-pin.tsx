import {Path, Circle, Txt, Node, Grid, makeScene2D} from '@revideo/2d';
import {all, createRef, easeOutBounce, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 6, 12, 18, 24];

const scene = makeScene2D('template-map-pin', function* (view) {
  const pin = createRef<Node>();
  const ring = createRef<Circle>();
  view.fill('#d8f3dc');
  view.add(<Grid size={[320, 180]} spacing={32} stroke={'#b7e4c7'} lineWidth={2} />);
  view.add(<Circle ref={ring} y={30} size={0} stroke={'#1b4332'} lineWidth={3} />);
  view.add(
    <Node ref={pin} y={-130}>
      <Path data={'M0 30 L-20 -5 A22 22 0 1 1 20 -5 Z'} fill={'#d00000'} />
      <Circle y={-14} size={14} fill={'white'} />
    </Node>,
  );
  view.add(<Txt y={70} text={'You are here'} fontSize={16} fontWeight={700} fill={'#1b4332'} />);
  yield* pin().position.y(0, 0.5, easeOutBounce);
  yield* all(ring().size([90, 30], 0.3), ring().opacity(0, 0.3));
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
