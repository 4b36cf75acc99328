/** @jsxImportSource @revideo/2d/lib */
import {Audio, Txt, Video, makeScene2D} from '@revideo/2d';
import {createSignal, makeProject, useScene, waitFor} from '@revideo/core';

// The hello example, shorter: a video with sound, and a text that grows.
const scene = makeScene2D('hello', function* (view) {
  const variables = useScene().variables;
  const seconds = variables.get('seconds', 4)();
  yield view.add(
    <>
      <Video src={'/beach.mp4'} size={['100%', '100%']} play={true} decoder={variables.get('decoder', 'web')} />
      <Audio src={'/beat.mp3'} play={true} />
    </>,
  );
  yield* waitFor(1);
  const fontSize = createSignal(50);
  view.add(<Txt fontFamily={'Liberation Sans'} fill={'white'} fontSize={fontSize} text={'Hello World!'} />);
  yield* fontSize(100, 2);
  yield* waitFor(seconds - 3);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1920, y: 1080}}}});
