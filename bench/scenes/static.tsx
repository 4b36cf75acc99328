/** (b) Many static nodes of which five move, 600 frames; the variable `nodes` says how many. */
import {Circle, Node, Rect, makeScene2D} from '@revideo/2d';
import {all, createRefArray, linear, makeProject, range, useScene} from '@revideo/core';

const scene = makeScene2D('static', function* (view) {
  const count = useScene().variables.get('nodes', 2000)();
  const moving = createRefArray<Circle>();
  for (const row of range(Math.ceil(count / 50))) {
    view.add(
      <Node y={row * 20 - 400}>
        {range(Math.min(50, count - row * 50)).map(column => (
          <Rect size={10} x={column * 30 - 750} fill={column % 2 === 0 ? '#68abdf' : '#444444'} />
        ))}
      </Node>,
    );
  }
  for (const index of range(5)) view.add(<Circle ref={moving} size={30} y={index * 100 - 200} fill={'white'} />);
  yield* all(...moving.map((circle, index) => circle.x(500 + index * 20, 10, linear)));
});

export default makeProject({scenes: [scene], settings: {rendering: {fps: 60}}});
