/** @jsxImportSource @revideo/2d/lib */
import {Circle, makeScene2D} from '@revideo/2d';
import {all, createRefArray, easeInOutSine, makeProject, range, useScene} from '@revideo/core';

// Six hundred small discs, each on its way in every frame.
const place = (index: number, round: number): [number, number] => [
  ((index * 7919 + round * 3571) % 1240) - 620,
  ((index * 104729 + round * 1223) % 680) - 340,
];

const scene = makeScene2D('many-nodes', function* (view) {
  const cycles = useScene().variables.get('cycles', 1)();
  view.fill('#101418');
  const discs = createRefArray<Circle>();
  view.add(range(600).map(index => <Circle ref={discs} position={place(index, 0)} size={10 + (index % 5) * 3} fill={`hsl(${(index * 37) % 360}, 70%, 60%)`} />));
  for (let round = 1; round <= cycles * 2; round++) {
    yield* all(...discs.map((disc, index) => disc.position(place(index, round), 1.95, easeInOutSine)));
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1280, y: 720}}}});
