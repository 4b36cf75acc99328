/** (a) 200 nodes, four tweened properties each, 600 frames: place, turn, transparency and colour. */
import {Rect, makeScene2D} from '@revideo/2d';
import {all, createRefArray, easeInOutCubic, linear, makeProject, range} from '@revideo/core';

const COLORS = ['#e13238', '#e6a700', '#68abdf', '#25c281'];

const scene = makeScene2D('tweens', function* (view) {
  const rects = createRefArray<Rect>();
  for (const index of range(200)) {
    view.add(
      <Rect
        ref={rects}
        size={40}
        x={(index % 20) * 90 - 860}
        y={Math.floor(index / 20) * 100 - 450}
        fill={COLORS[index % 4]}
      />,
    );
  }
  for (let turn = 0; turn < 5; turn++) {
    yield* all(
      ...rects.flatMap((rect, index) => [
        rect.position([turn % 2 === 0 ? 40 : -40, index], 2),
        rect.rotation((turn + 1) * 90, 2, linear),
        rect.opacity(turn % 2 === 0 ? 0.3 : 1, 2, easeInOutCubic),
        rect.fill(COLORS[(index + turn + 1) % 4], 2),
      ]),
    );
  }
});

export default makeProject({scenes: [scene], settings: {rendering: {fps: 60}}});
