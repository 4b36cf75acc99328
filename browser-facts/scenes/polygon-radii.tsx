import {Polygon} from '@revideo/2d';
import {still} from './shared/still';

export default still('polygon-radii', view => {
  view.add(
    <>
      <Polygon x={-105} size={90} sides={3} radius={12} fill={'tomato'} />
      <Polygon size={90} sides={5} radius={6} stroke={'navy'} lineWidth={8} />
      <Polygon x={105} size={[100, 70]} sides={8} fill={'gold'} rotation={22.5} />
    </>,
  );
});
