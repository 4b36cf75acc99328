import {Rect, Path, Txt, Node, makeScene2D} from '@revideo/2d';
import {all, createRef, easeOutBack, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 4, 8, 14];

const scene = makeScene2D('template-speech-bubble', function* (view) {
  const bubble = createRef<Node>();
  view.fill('#caf0f8');
  view.add(
    <Node ref={bubble} scale={0} position={[-40, 30]}>
      <Path data={'M-20 20 L-50 60 L20 20 Z'} fill={'white'} />
      <Rect size={[180, 70]} radius={26} fill={'white'} y={-10}>
        <Txt text={'Hello there!'} fontSize={24} fill={'#03045e'} />
      </Rect>
    </Node>,
  );
  yield* all(bubble().scale(1, 0.4, easeOutBack), bubble().position([10, 0], 0.4, easeOutBack));
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
