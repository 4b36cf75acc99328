import {Img, Layout, makeScene2D, Rect, Txt, type View2D} from '@revideo/2d';
import {createRef, createSignal, makeProject, useScene, waitFor, type Reference} from '@revideo/core';

export const frames = [0, 4, 10, 16, 21];

interface Word {
  text: string;
  start: number;
  end: number;
}
const words: Word[] = ['These', 'words', 'come', 'one', 'after', 'the', 'other'].map((text, i) => ({text, start: i * 0.1, end: (i + 1) * 0.1}));

function* captions(view: View2D, holder: Reference<Layout>) {
  const batch = 4;
  for (let from = 0; from < words.length; from += batch) {
    const part = words.slice(from, from + batch);
    const line = createRef<Txt>();
    const opacity = createSignal(0);
    holder().add(
      <Txt
        ref={line}
        width={'80%'}
        textWrap
        textAlign={'center'}
        fontSize={30}
        fontWeight={700}
        fill={'white'}
        stroke={undefined}
        lineWidth={undefined}
        opacity={opacity}
      />,
    );
    const background = createRef<Rect>();
    const refs: Reference<Txt>[] = [];
    for (const word of part) {
      const ref = createRef<Txt>();
      refs.push(ref);
      line().add(<Txt ref={ref} text={`${word.text} `} />);
    }
    view.add(<Rect ref={background} fill={'#e63946'} zIndex={-1} radius={8} />);
    opacity(1);
    yield;
    for (const [i, word] of part.entries()) {
      background().size(refs[i]().size);
      background().position(refs[i]().position);
      refs[i]().fill('gold');
      yield* waitFor(word.end - word.start);
    }
    line().remove();
    background().remove();
  }
}

const scene = makeScene2D('shorts-captions', function* (view) {
  const holder = createRef<Layout>();
  const width = useScene().getSize().x;
  view.add(<Img src={'/photo.jpg'} size={['100%', '100%']} />);
  view.add(<Layout ref={holder} size={'100%'} />);
  view.add(<Rect y={80} width={width * 0.5} height={4} fill={'white'} />);
  yield* captions(view, holder);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
