import {Audio, Rect, Txt, Video, makeScene2D} from '@revideo/2d';
import {createRef, createRefArray, makeProject, useScene, waitFor} from '@revideo/core';

import spoken from './words.json';

/** A word, and the seconds in which it is heard. */
interface Word {
  text: string;
  start: number;
  end: number;
}

/** Words that are seen together at most. */
const MOST = 4;
/** Seconds of silence that end a line. */
const PAUSE = 0.25;

/** Words in lines: as many as fit, and none across a pause. */
function lines(words: Word[]): Word[][] {
  const all: Word[][] = [];
  for (const word of words) {
    const line = all.at(-1);
    const last = line?.at(-1);
    if (!line || !last || line.length === MOST || word.start - last.end > PAUSE) {
      all.push([word]);
    } else {
      line.push(word);
    }
  }
  return all;
}

const scene = makeScene2D('captions', function* (view) {
  const {variables} = useScene();
  // What `--variables FILE.json` may hold: {"words": [...], "video": "/clip.mp4", "sound": "/voice.mp3"}
  const words = variables.get<Word[]>('words', spoken)();
  const video = variables.get('video', '')();
  const sound = variables.get('sound', '')();
  const color = variables.get('color', '#ffd166')();

  view.fill('#101426');
  if (video) {
    view.add(<Video src={video} size={['100%', '100%']} play={true} />);
  }
  if (sound) {
    view.add(<Audio src={sound} play={true} />);
  }

  let now = 0;
  for (const line of lines(words)) {
    yield* waitFor(Math.max(0, line[0].start - now));
    now = Math.max(now, line[0].start);
    const box = createRef<Rect>();
    const texts = createRefArray<Txt>();
    view.add(
      <Rect ref={box} layout gap={36} padding={[28, 48]} radius={28} y={300} fill="#000000a0">
        {line.map(word => (
          <Txt ref={texts} text={word.text} fontSize={88} fontWeight={700} fill="white" />
        ))}
      </Rect>,
    );
    for (const [index, word] of line.entries()) {
      yield* waitFor(Math.max(0, word.start - now));
      now = Math.max(now, word.start);
      texts[index].fill(color);
      yield* waitFor(Math.max(0, word.end - now));
      now = Math.max(now, word.end);
      texts[index].fill('white');
    }
    box().remove();
  }
  yield* waitFor(0.5);
});

export default makeProject({
  scenes: [scene],
  settings: {shared: {size: {x: 1920, y: 1080}}},
});
