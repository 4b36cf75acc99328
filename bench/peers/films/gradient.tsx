/** @jsxImportSource @revideo/2d/lib */
import {Gradient, Rect, Txt, makeScene2D} from '@revideo/2d';
import {Color, createSignal, linear, makeProject, useScene} from '@revideo/core';

// A gradient over the whole picture turns and changes its colours in every frame, with a title upon it.
const scene = makeScene2D('gradient', function* (view) {
  const cycles = useScene().variables.get('cycles', 1)();
  const time = createSignal(0);
  const hue = (shift: number) => new Color(`hsl(${(time() * 40 + shift) % 360}, 70%, 55%)`);
  view.add(
    <Rect
      size={['100%', '100%']}
      fill={() =>
        new Gradient({
          type: 'linear',
          from: [960 * Math.cos(time() * 0.7), 540 * Math.sin(time() * 0.7)],
          to: [-960 * Math.cos(time() * 0.7), -540 * Math.sin(time() * 0.7)],
          stops: [
            {offset: 0, color: hue(0)},
            {offset: 0.5, color: hue(70)},
            {offset: 1, color: hue(160)},
          ],
        })
      }
    />,
  );
  view.add(<Txt fontFamily={'Liberation Sans'} fontWeight={700} fontSize={130} fill={'white'} text={'Slow colours'} />);
  yield* time(cycles * 3.9, cycles * 3.9, linear);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1920, y: 1080}}}});
