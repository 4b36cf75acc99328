import {Audio, makeScene2D, Rect} from '@revideo/2d';
import {createRef, makeProject, waitFor} from '@revideo/core';

export const frames = [0, 20];

const scene = makeScene2D('audio', function* (view) {
  const tone = createRef<Audio>();
  view.add(<Audio ref={tone} src={'/tone.mp3'} play />);
  yield;
  view.add(<Rect fill={'teal'} height={20} width={() => tone().getDuration() * 100} />);
  view.add(<Rect y={40} fill={'orange'} height={20} width={() => tone().getCurrentTime() * 100} />);
  yield* waitFor(tone().getDuration());
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
