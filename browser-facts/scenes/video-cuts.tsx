import {makeScene2D, Video} from '@revideo/2d';
import {createRef, makeProject, useScene, waitFor} from '@revideo/core';

// Times in the first half of a source frame, as in `video`.
export const frames = [0, 3, 9, 12, 18, 24];

const scene = makeScene2D('video-cuts', function* (view) {
  const cuts = useScene().variables.get('cuts', [] as {start: number; length: number}[])();
  for (const {start, length} of cuts) {
    const clip = createRef<Video>();
    yield view.add(<Video ref={clip} src={'/clip.mp4'} decoder={'slow'} time={start} play opacity={0} />);
    if (clip().width() / clip().height() > view.width() / view.height()) clip().width('100%');
    else clip().height('100%');
    clip().opacity(1, 0.1);
    yield clip().opacity(1, 0.2);
    yield* waitFor(length);
    clip().pause();
    clip().remove();
  }
});

export default makeProject({
  scenes: [scene],
  variables: {cuts: [{start: 0.22, length: 0.4}, {start: 1.02, length: 0.5}]},
  settings: {shared: {size: {x: 128, y: 72}, background: '#000000'}},
});
