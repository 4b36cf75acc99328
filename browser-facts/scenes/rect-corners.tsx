import {Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('rect-corners', view => {
  view.add(
    <>
      <Rect x={-100} size={[90, 120]} radius={[40, 0]} fill={'teal'} />
      <Rect size={[90, 120]} radius={30} smoothCorners fill={'tomato'} />
      <Rect x={100} size={[90, 120]} radius={40} smoothCorners cornerSharpness={0.2} stroke={'navy'} lineWidth={6} />
    </>,
  );
});
