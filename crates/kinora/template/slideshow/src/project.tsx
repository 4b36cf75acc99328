import {Img, Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, easeInOutCubic, linear, makeProject, useScene, waitFor} from '@revideo/core';

/** A picture of `public/` or the network, and what is written on it. */
interface Slide {
  picture: string;
  title: string;
}

const SLIDES: Slide[] = [
  {picture: '/dawn.png', title: 'Dawn'},
  {picture: '/noon.png', title: 'Noon'},
  {picture: '/dusk.png', title: 'Dusk'},
];
/** Seconds for which a slide is seen, and in which the next one comes. */
const SECONDS = 3;
const FADE = 0.6;

const scene = makeScene2D('slideshow', function* (view) {
  const {variables} = useScene();
  // What `--variables FILE.json` may hold: {"slides": [{"picture": "/a.jpg", "title": "A"}]}
  const slides = variables.get<Slide[]>('slides', SLIDES)();

  view.fill('black');
  for (const [index, slide] of slides.entries()) {
    const layer = createRef<Layout>();
    const picture = createRef<Img>();
    const title = createRef<Rect>();
    view.add(
      <Layout ref={layer} opacity={0}>
        <Img ref={picture} src={slide.picture} width={view.width()} scale={1.05} />
        <Rect ref={title} layout padding={[20, 40]} radius={16} fill="#000000a0" y={400}>
          <Txt text={slide.title} fontSize={72} fill="white" />
        </Rect>
      </Layout>,
    );
    // Towards the right and back in turns, and always a little closer.
    const side = index % 2 === 0 ? 1 : -1;
    picture().x(-40 * side);
    yield all(picture().scale(1.15, SECONDS + FADE, linear), picture().x(40 * side, SECONDS + FADE, linear));
    title().y(440);
    yield* all(layer().opacity(1, FADE), title().y(400, FADE, easeInOutCubic));
    yield* waitFor(SECONDS - FADE);
  }
});

export default makeProject({
  scenes: [scene],
  settings: {shared: {size: {x: 1920, y: 1080}}},
});
