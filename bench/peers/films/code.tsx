/** @jsxImportSource @revideo/2d/lib */
import {Code, Rect, makeScene2D} from '@revideo/2d';
import {all, createRef, makeProject, useScene, waitFor} from '@revideo/core';

// Code that is written, changed and pointed at.
const scene = makeScene2D('code', function* (view) {
  const cycles = useScene().variables.get('cycles', 1)();
  view.fill('#1e1e2e');
  view.add(<Rect size={[1500, 800]} radius={24} fill={'#282a36'} />);
  for (let cycle = 0; cycle < cycles; cycle++) {
    const code = createRef<Code>();
    view.add(<Code ref={code} fontFamily={'DejaVu Sans Mono'} fontSize={40} fill={'#f8f8f2'} code={''} />);
    yield* code().code(`function area${cycle}(radius) {\n  return 3.14 * radius;\n}`, 0.8);
    yield* waitFor(0.4);
    yield* code().code(`function area${cycle}(radius) {\n  const square = radius * radius;\n  return Math.PI * square;\n}`, 0.8);
    yield* code().selection([[[1, 0], [1, 40]]], 0.5);
    yield* waitFor(0.6);
    yield* all(code().opacity(0, 0.4), code().position.y(-60, 0.4));
    code().remove();
    yield* waitFor(0.4);
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1920, y: 1080}}}});
