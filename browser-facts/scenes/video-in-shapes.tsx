import {Video, Circle, Rect, makeScene2D} from '@revideo/2d';
import {createRef, linear, all, makeProject} from '@revideo/core';

export const frames = [0, 4];

const scene = makeScene2D('video-in-shapes', function* (view) {
  const clip = createRef<Video>();
  yield view.add(
    <>
      <Circle x={-70} size={110} clip>
        <Video ref={clip} src={'/clip.mp4'} decoder={'slow'} height={130} play />
      </Circle>
      <Rect x={80} size={[100, 60]} stroke={'tomato'} lineWidth={6} />
    </>,
  );
  yield* all(clip().rotation(20, 0.3, linear));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
