/** @jsxImportSource @revideo/2d/lib */
import {Audio, Txt, Video, makeScene2D} from '@revideo/2d';
import {createSignal, makeProject, useScene, waitFor} from '@revideo/core';

// A video with sound, and after one second a text that grows for four.
const scene = makeScene2D('scene', function* (view) {
  const {variables} = useScene();

  yield view.add(
    <>
      <Video
        src={variables.get('video', '/beach-4.mp4')()}
        size={['100%', '100%']}
        play={true}
        decoder={variables.get('decoder', 'ffmpeg')}
      />
      <Audio src={variables.get('audio', '/chill-beat-2.mp3')()} play={true} />
    </>,
  );

  yield* waitFor(1);

  const fontSize = createSignal(50);
  view.add(
    <Txt fontFamily={'Roboto'} fill={'white'} fontSize={fontSize} text={variables.get('message', 'Hello World!')()} />,
  );

  yield* fontSize(100, 4);
  yield* waitFor(25);
});

export default makeProject({scenes: [scene]});
