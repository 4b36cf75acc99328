import {Line, Circle, Txt, Node, makeScene2D} from '@revideo/2d';
import {all, createRef, createRefArray, linear, sequence, waitFor, makeProject} from '@revideo/core';

export const frames = [0, 4, 9, 14, 20];

const scene = makeScene2D('template-timeline', function* (view) {
  const line = createRef<Line>();
  const dots = createRefArray<Circle>();
  const labels = createRefArray<Txt>();
  view.fill('#fdfcdc');
  view.add(<Line ref={line} points={[[-130, 20], [130, 20]]} stroke={'#0081a7'} lineWidth={4} lineCap={'round'} end={0} />);
  view.add(
    <Node>
      {[1815, 1843, 1852].map((year, i) => (
        <>
          <Circle ref={dots} x={i * 110 - 110} y={20} size={0} fill={'#f07167'} stroke={'white'} lineWidth={3} />
          <Txt ref={labels} x={i * 110 - 110} y={i % 2 ? 55 : -15} text={`${year}`} fontSize={18} opacity={0} />
        </>
      ))}
    </Node>,
  );
  yield* all(
    line().end(1, 0.6, linear),
    sequence(0.2, ...dots.map((dot, i) => all(dot.size(22, 0.2), labels[i].opacity(1, 0.2)))),
  );
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
