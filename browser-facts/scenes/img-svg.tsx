import {Img, Layout, Rect} from '@revideo/2d';
import {makeProject, waitFor} from '@revideo/core';
import {makeScene2D} from '@revideo/2d';

const document = (attributes: string) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><rect width="100%" height="100%" fill="#457b9d"/><circle cx="20" cy="20" r="14" fill="gold"/></svg>`,
  )}`;

const scene = makeScene2D('img-svg', function* (view) {
  const attributes = [
    'width="80" height="40"',
    'viewBox="0 0 40 20"',
    'viewBox="0 0 40 40"',
    'viewBox="0 0 40 160"',
    '',
    'width="100%" height="100%"',
    'width="1in" height="12mm"',
    'width="60" viewBox="0 0 40 20"',
    'height="60" viewBox="0 0 40 20"',
    'width="60"',
    'width="80" height="40" viewBox="0 0 40 40" preserveAspectRatio="xMinYMin slice"',
    'width="80" height="40" viewBox="0 0 40 40" preserveAspectRatio="none"',
  ];
  yield view.add(
    <Layout layout wrap={'wrap'} width={620} gap={6} alignItems={'start'} y={-80}>
      {attributes.map(text => (
        <Img src={document(text)} stroke={'black'} lineWidth={1} />
      ))}
    </Layout>,
  );
  yield view.add(
    <>
      <Rect x={-200} y={250} size={[150, 60]} fill={'#eee'} />
      <Img x={-200} y={250} size={[150, 60]} src={document('viewBox="0 0 40 40"')} radius={20} alpha={0.6} />
      <Img x={150} y={250} height={90} rotation={20} src={document('width="40" height="40"')} />
      <Img x={250} y={250} width={60} src={document('width="30" height="40"')} />
    </>,
  );
  yield* waitFor(0.1);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 640, y: 640}}}});
