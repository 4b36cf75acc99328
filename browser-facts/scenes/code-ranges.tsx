import {Code, Rect, makeScene2D} from '@revideo/2d';
import {makeProject, waitFor} from '@revideo/core';

const scene = makeScene2D('code-ranges', function* (view) {
  view.fill('white');
  const code = (
    <Code fontFamily={'Roboto'} fontSize={20} x={10} fill={'black'} code={'let value = 10;\nvalue += value;\ndone(value);'} />
  ) as Code;
  view.add(code);
  const boxes = code.findAllRanges(/value/g).flatMap(range => code.getSelectionBbox(range));
  boxes.push(...code.getSelectionBbox([[0, 12], [1, 5]]));
  code.add(
    boxes.map((box, index) => (
      <Rect key={`box ${index}`} position={box.center} size={box.size} stroke={'red'} lineWidth={1} />
    )),
  );
  const point = code.getPointBbox([2, 5]);
  const [from] = code.findFirstRange('done');
  const [, to] = code.findLastRange(/e/g);
  view.add(<Rect key={`${from} ${to}`} position={point.center.addX(10)} size={point.size} fill={'#0080ff40'} />);
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
