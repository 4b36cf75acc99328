import {makeScene2D, Video} from '@revideo/2d';
import {makeProject, waitFor} from '@revideo/core';

// Times in the first half of a source frame: where a paused video element seeks
// to the nearest picture, and the last one not after the time, are the same.
export const frames = [0, 3, 9, 21];

const scene = makeScene2D('video', function* (view) {
  view.add(
    <>
      <Video x={-80} src={'/clip.mp4'} decoder={'slow'} play time={0.02} width={128} />
      <Video x={80} y={-40} src={'/clip.mp4'} decoder={'slow'} play time={0.52} playbackRate={2} radius={10} />
      <Video x={80} y={40} src={'/clip.mp4'} decoder={'slow'} time={1.02} height={60} />
    </>,
  );
  yield* waitFor(0.8);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
