import {Path, makeScene2D} from '@revideo/2d';
import {all, linear, makeProject} from '@revideo/core';

export const frames = [0, 5, 10, 15, 20];

const square = 'M-50 -50H50V50H-50z';
const star = 'M0 -60 L17 -20 L60 -20 L25 8 L38 52 L0 25 L-38 52 L-25 8 L-60 -20 L-17 -20 Z';
const round = 'M-50 0A50 50 0 0 1 50 0A50 50 0 0 1 -50 0Z';
const wave = 'M-60 0C-30 -60 -10 -60 0 0S40 60 60 0';
const two = 'M-50 -50H-10V-10H-50Z M10 10H50V50H10Z';

const scene = makeScene2D('path-morph', function* (view) {
  view.fill('white');
  const [a, b, c, d] = [
    <Path x={-180} data={square} fill={'#3080e0'} />,
    <Path x={-50} data={round} fill={'#e06030'} />,
    <Path x={80} data={wave} stroke={'#208050'} lineWidth={6} />,
    <Path x={200} data={two} stroke={'#804090'} lineWidth={4} />,
  ] as Path[];
  view.add([a, b, c, d]);
  yield* all(
    a.data(round, 0.7, linear),
    b.data(star, 0.7, linear),
    c.data('M-60 -30L60 30', 0.7, linear),
    d.data(star, 0.7, linear),
  );
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 560, y: 180}}}});
