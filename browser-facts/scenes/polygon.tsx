import {Polygon} from '@revideo/2d';
import {still} from './shared/still';

export default still('polygon', view => {
  view.add(
    <>
      <Polygon x={-100} size={80} sides={5} fill={'teal'} stroke={'black'} lineWidth={3} />
      <Polygon size={[60, 100]} sides={6} radius={8} fill={'olive'} rotation={10} />
      <Polygon x={100} size={90} sides={3} stroke={'crimson'} lineWidth={6} end={0.8} />
    </>,
  );
});
