import {Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, easeInOutCubic, makeProject, range, useScene, waitFor} from '@revideo/core';

import table from './table.json';

const COLORS = ['#ef476f', '#f78c6b', '#ffd166', '#06d6a0', '#118ab2', '#8d6bbd'];
const LONGEST = 1150;
const STEP = 130;

// Bars that grow and overtake one another, a second for each column of a table:
// `--variables FILE.json` with {"title", "columns": ["2000", …], "rows": {"name": [1, …], …}}.
const scene = makeScene2D('bar-race', function* (view) {
  const {variables} = useScene();
  const columns = variables.get('columns', table.columns)();
  const rows = Object.entries(variables.get<Record<string, number[]>>('rows', table.rows)());
  const column = createRef<Txt>();

  view.fill('#0b132b');
  view.add(
    <>
      <Txt text={variables.get('title', table.title)()} fontSize={72} fontWeight={700} fill={'white'} y={-440} />
      <Txt ref={column} text={columns[0]} fontSize={200} fontWeight={700} fill={'#ffffff30'} position={[680, 400]} />
    </>,
  );

  const bars = rows.map(([name], index) => {
    const bar = {name, row: createRef<Rect>(), bar: createRef<Rect>(), value: createRef<Txt>()};
    view.add(
      <Rect ref={bar.row} y={-290 + index * STEP}>
        <Txt text={name} fontSize={48} fill={'white'} x={-560} offset={[1, 0]} />
        <Rect ref={bar.bar} fill={COLORS[index % COLORS.length]} radius={14} height={92} width={0} x={-530} offset={[-1, 0]} />
        <Txt ref={bar.value} fontSize={44} fill={'white'} offset={[-1, 0]} x={() => bar.bar().width() - 505} />
      </Rect>,
    );
    return bar;
  });

  for (const time of range(columns.length)) {
    const values = rows.map(([, numbers]) => numbers[time]);
    const most = Math.max(...values);
    const places = values.map(value => values.filter(other => other > value).length);
    column().text(columns[time]);
    yield* all(
      ...bars.flatMap((bar, index) => [
        bar.row().y(-290 + places[index] * STEP, 0.8, easeInOutCubic),
        bar.bar().width((values[index] / most) * LONGEST, 0.8, easeInOutCubic),
        bar.value().text(values[index].toLocaleString('en'), 0),
      ]),
    );
    yield* waitFor(0.3);
  }
  yield* waitFor(1);
});

export default makeProject({scenes: [scene]});
