/** A looping clip under a text and a shape that move, with sound; `seconds` says how long. */
import {Audio, Circle, Txt, Video, makeScene2D} from '@revideo/2d';
import {createRef, createSignal, linear, loop, makeProject, useScene} from '@revideo/core';

const scene = makeScene2D('cloud', function* (view) {
  const seconds = useScene().variables.get('seconds', 60)();
  const time = createSignal(0);
  const dot = createRef<Circle>();
  yield view.add(
    <>
      <Video src={'/beach-4.mp4'} size={['100%', '100%']} play loop />
      <Audio src={'/chill-beat-2.mp3'} play loop />
      <Circle ref={dot} size={80} fill={'#e13238'} y={150} />
      <Txt fill={'white'} fontFamily={'Roboto'} fontSize={60} text={() => `${time().toFixed(1)} s`} />
    </>,
  );
  yield loop(function* () {
    yield* dot().scale(2, 1).to(1, 1);
  });
  yield* time(seconds, seconds, linear);
});

export default makeProject({scenes: [scene]});
