import {Code, Txt, lines, makeScene2D} from '@revideo/2d';
import {all, createRef, makeProject, useScene, waitFor} from '@revideo/core';

import {words} from './words';

const scene = makeScene2D('code', function* (view) {
  const {variables} = useScene();
  const title = variables.get('title', 'From a loop to one line')();
  const code = createRef<Code>();
  const note = createRef<Txt>();

  view.fill('#101426');
  view.add(
    <>
      <Txt text={title} fontSize={72} fontWeight={700} fill="white" y={-420} />
      <Code ref={code} highlighter={words} fontFamily={'monospace'} fontSize={52} fill="#d8def0" code={''} />
      <Txt ref={note} fontSize={48} fill="#ffd166" y={400} opacity={0} />
    </>,
  );
  /** Says something about some lines, or about all of the code. */
  function* say(text: string, from?: number, to?: number) {
    note().text(text);
    yield* all(
      note().opacity(1, 0.4),
      code().selection(from === undefined ? lines(0, Infinity) : lines(from, to), 0.4),
    );
    yield* waitFor(1.4);
    yield* note().opacity(0, 0.3);
  }

  yield* code().code(
    `function total(prices) {
  let sum = 0;
  for (const price of prices) {
    sum += price;
  }
  return sum;
}`,
    1,
  );
  yield* say('Add up what is in a list.');
  yield* say('This is what it is about …', 2, 4);
  yield* say('… and this only keeps the books.', 1, 1);
  yield* all(
    code().selection(lines(0, Infinity), 0.4),
    code().code(
      `function total(prices) {
  return prices.reduce((sum, price) => sum + price, 0);
}`,
      1,
    ),
  );
  yield* say('The same, told at once.');
});

export default makeProject({
  scenes: [scene],
  settings: {shared: {size: {x: 1920, y: 1080}}},
});
