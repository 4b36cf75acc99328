import {makeScene2D, Rect, Txt} from '@revideo/2d';
import {makeProject, useScene, waitFor} from '@revideo/core';

const scene = makeScene2D('variables', function* (view) {
  const given = useScene().variables.get('colour', 'red');
  const missing = useScene().variables.get('message', 'its default');
  view.add(
    <>
      <Rect y={-30} width={120} height={50} fill={given} />
      <Txt y={40} fontSize={28} fill={'black'} text={missing()} />
    </>,
  );
  yield* waitFor(0.1);
});

export default makeProject({
  scenes: [scene],
  variables: {colour: 'seagreen'},
  settings: {shared: {size: {x: 320, y: 180}}},
});
