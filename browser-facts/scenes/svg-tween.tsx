import {SVG, makeScene2D} from '@revideo/2d';
import {createRef, makeProject, waitFor} from '@revideo/core';

const before = `<svg viewBox="0 0 100 60" xmlns="http://www.w3.org/2000/svg">
  <rect id="box" x="5" y="5" width="30" height="20" fill="#e63946"/>
  <circle id="gone" cx="80" cy="15" r="10" fill="#457b9d"/>
  <path id="tip" d="M 10 50 L 30 30 L 50 50 Z" fill="gold" stroke="black" stroke-width="2"/>
</svg>`;
const after = `<svg viewBox="0 0 120 80" xmlns="http://www.w3.org/2000/svg">
  <rect id="box" x="60" y="30" width="50" height="40" fill="#2a9d8f" transform="rotate(10)"/>
  <path id="tip" d="M 20 60 L 30 10 L 40 60 Z" fill="gold" stroke="white" stroke-width="4"/>
  <ellipse id="come" cx="90" cy="15" rx="20" ry="10" fill="#6a4c93"/>
</svg>`;

export const frames = [0, 10, 15, 24, 32];

const scene = makeScene2D('svg-tween', function* (view) {
  const node = createRef<SVG>();
  view.add(<SVG ref={node} svg={before} width={240} />);
  node().children()[0].children();
  yield* node().svg(after, 1);
  node().children()[0].children();
  yield* waitFor(0.2);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
