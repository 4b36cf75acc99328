/** @jsxImportSource @revideo/2d/lib */
import {Line, Path, Spline, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, easeInOutCubic, makeProject, range, useScene, waitFor} from '@revideo/core';

// A heart, a curve and an arrow draw themselves, fill, and go out again.
const heart = 'M 0 -60 C 60 -190 260 -150 240 20 C 225 150 90 230 0 310 C -90 230 -225 150 -240 20 C -260 -150 -60 -190 0 -60 Z';

const scene = makeScene2D('path', function* (view) {
  const cycles = useScene().variables.get('cycles', 1)();
  view.fill('#fffaf0');
  view.add(range(16).map(column => <Line points={[[-640 + column * 80, -360], [-640 + column * 80, 360]]} stroke={'#e8e0d0'} lineWidth={2} />));
  const shape = createRef<Path>();
  const curve = createRef<Spline>();
  const arrow = createRef<Line>();
  view.add(
    <>
      <Path ref={shape} data={heart} stroke={'#d62828'} lineWidth={14} lineCap={'round'} end={0} fill={'#d6282800'} y={-60} />
      <Spline ref={curve} points={[[-560, 200], [-380, -120], [-200, 180], [0, -40], [200, 160], [380, -140], [560, 120]]} stroke={'#003049'} lineWidth={10} end={0} smoothness={0.4} />
      <Line ref={arrow} points={[[-500, 300], [500, 300]]} stroke={'#f77f00'} lineWidth={12} endArrow arrowSize={36} end={0} />
    </>,
  );
  for (let cycle = 0; cycle < cycles; cycle++) {
    const mark = createRef<Txt>();
    view.add(<Txt ref={mark} x={540} y={-300} fontFamily={'Liberation Serif'} fontSize={48} fill={'#003049'} text={`no. ${cycle + 1}`} />);
    yield* all(shape().end(1, 1.5, easeInOutCubic), curve().end(1, 1.5, easeInOutCubic), arrow().end(1, 1, easeInOutCubic));
    yield* shape().fill('#d62828', 0.6);
    yield* waitFor(0.5);
    yield* all(curve().start(1, 0.9), arrow().start(1, 0.9), shape().fill('#d6282800', 0.9), shape().end(0, 0.9));
    yield* waitFor(0.4);
    for (const node of [curve(), arrow()]) node.start(0).end(0);
    mark().remove();
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1280, y: 720}}}});
