import {Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, createRefArray, easeInOutCubic, makeProject, useScene, waitFor} from '@revideo/core';

import csv from './numbers.csv';

/** A line of the table: its name, then a value for each column. */
interface Row {
  name: string;
  values: number[];
}

/** A table of numbers whose first line and column are names. */
function table(text: string): {columns: string[]; rows: Row[]} {
  const [head, ...lines] = text.trim().split(/\r?\n/).map(line => line.split(','));
  return {
    columns: head.slice(1),
    rows: lines.map(([name, ...values]) => ({name, values: values.map(Number)})),
  };
}

const WIDTH = 1100;

const scene = makeScene2D('data', function* (view) {
  const {variables} = useScene();
  // The columns of rows.csv, of which `kinora batch` makes a video for each row.
  const title = variables.get('title', 'Electricity by source')();
  const color = variables.get('color', '#ff7a59')();
  const highlight = variables.get('highlight', '')();
  const {columns, rows} = table(variables.get('csv', csv)());
  const most = Math.max(...rows.flatMap(row => row.values));

  view.fill('#101426');
  const bars = createRefArray<Rect>();
  const numbers = createRefArray<Txt>();
  const year = createRef<Txt>();
  view.add(
    <>
      <Txt text={title} fontSize={80} fontWeight={700} fill="white" y={-400} />
      <Txt ref={year} text={rows[0].name} fontSize={160} fontWeight={700} fill="#ffffff30" x={640} y={380} />
      {columns.map((name, index) => (
        <Layout y={-180 + 190 * index}>
          <Txt text={name} fontSize={56} fill="white" x={-780} />
          <Rect ref={bars} height={110} radius={12} x={-640} offset={[-1, 0]} fill={name === highlight || !highlight ? color : '#3a4163'} />
          <Txt ref={numbers} fontSize={56} fill="white" />
        </Layout>
      ))}
    </>,
  );
  const width = (value: number) => (WIDTH * value) / most;
  columns.forEach((_, index) => {
    bars[index].width(0);
    numbers[index].text(() => String(Math.round((bars[index].width() / WIDTH) * most)));
    numbers[index].x(() => -640 + bars[index].width() + 80);
  });

  for (const row of rows) {
    year().text(row.name);
    yield* all(...row.values.map((value, index) => bars[index].width(width(value), 0.8, easeInOutCubic)));
    yield* waitFor(0.2);
  }
  yield* waitFor(1.5);
});

export default makeProject({
  scenes: [scene],
  settings: {shared: {size: {x: 1920, y: 1080}}},
});
