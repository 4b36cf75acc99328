/** @jsxImportSource @revideo/2d/lib */
import {Img, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, chain, createRef, linear, makeProject, useScene, waitFor} from '@revideo/core';

// Photographs that grow slowly and fade into each other, each with its caption.
const scene = makeScene2D('slideshow', function* (view) {
  const cycles = useScene().variables.get('cycles', 1)();
  view.fill('black');
  const pictures = createRef<Rect>();
  const title = createRef<Txt>();
  view.add(<Rect ref={pictures} size={['100%', '100%']} />);
  view.add(
    <Rect layout padding={[16, 40]} radius={40} fill={'#00000099'} y={420}>
      <Txt ref={title} fontFamily={'Liberation Serif'} fontSize={54} fill={'white'} text={''} />
    </Rect>,
  );
  let old: Img | undefined;
  for (let cycle = 0; cycle < cycles * 2; cycle++) {
    const next = createRef<Img>();
    pictures().add(<Img ref={next} src={`/photo-${(cycle % 4) + 1}.jpg`} width={1920} height={1080} opacity={0} />);
    title().text(`Picture ${cycle + 1}`);
    yield* all(next().scale(1.12, 1.95, linear), chain(next().opacity(1, 0.6), waitFor(1.35)));
    old?.remove();
    old = next();
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1920, y: 1080}}}});
