// A film with a file of each kind that projects use: deploy/test-image renders it with
// the image's libraries and with this machine's.
import {Audio, Img, Txt, Video, makeScene2D} from '@revideo/2d';
import {makeProject, useScene, waitFor} from '@revideo/core';

const scene = makeScene2D('formats', function* (view) {
  const files = (kind: string) => useScene().variables.get(kind, '')().split(' ');
  view.fill('#204060');
  for (const [i, name] of files('videos').entries()) {
    const x = -120 + 80 * (i % 4);
    const y = -65 + 45 * Math.floor(i / 4);
    yield view.add(<Video src={`/${name}`} play={true} x={x} y={y} width={64} height={36} />);
  }
  for (const [i, name] of files('images').entries()) {
    yield view.add(<Img src={`/${name}`} x={-120 + 80 * i} y={70} width={64} height={36} />);
  }
  for (const [i, name] of files('sounds').entries()) {
    yield view.add(<Audio src={`/${name}`} play={true} volume={0.2} playbackRate={1 + i / 10} />);
  }
  view.add(<Txt text={'formats'} fill={'white'} fontSize={20} y={30} />);
  yield* waitFor(0.9);
});

export default makeProject({scenes: [scene]});
