import {Spline} from '@revideo/2d';
import {still} from './shared/still';

export default still('spline-shapes', view => {
  view.add(
    <>
      <Spline x={-80} points={[[-60, 0], [-30, -50], [0, 50], [30, -50], [60, 0]]} stroke={'crimson'} lineWidth={5} smoothness={0.8} endArrow arrowSize={12} />
      <Spline x={80} points={[[-40, -30], [40, -30], [40, 40], [-40, 40]]} closed fill={'#cdeccd'} stroke={'seagreen'} lineWidth={5} />
    </>,
  );
});
