import {Img, makeScene2D, Txt} from '@revideo/2d';
import {all, chain, createRef, easeInCubic, easeOutBack, makeProject, useScene, waitFor} from '@revideo/core';

export const frames = [0, 6, 12, 20, 28];

const scene = makeScene2D('logo-zoom', function* (view) {
  const logo = createRef<Img>();
  const title = createRef<Txt>();
  const name = useScene().variables.get('name', 'star-watch');
  view.fill('#0b132b');
  yield view.add(
    <>
      <Img ref={logo} src={'/picture.png'} width={'10%'} />
      <Txt ref={title} fontFamily={'Roboto'} fontSize={28} fill={'white'} y={60} />,
    </>,
  );
  yield* chain(
    all(logo().width('40%', 0.3, easeOutBack), logo().rotation(360, 0.3)),
    all(logo().scale(1.3, 0.2).to(1, 0.2), title().text(`${name()} 1,234`, 0.4)),
    logo().position.x(logo().position().x - 300, 0.2, easeInCubic),
  );
  yield* waitFor(0.1);
});

export default makeProject({
  scenes: [scene],
  variables: {name: 'Nightly'},
  settings: {shared: {size: {x: 320, y: 180}}},
});
