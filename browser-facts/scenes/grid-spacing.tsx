import {Grid} from '@revideo/2d';
import {still} from './shared/still';

export default still('grid-spacing', view => {
  view.add(
    <>
      <Grid x={-80} size={[140, 140]} spacing={20} stroke={'#888'} lineWidth={1} />
      <Grid x={80} size={[140, 120]} spacing={[35, 15]} stroke={'tomato'} lineWidth={3} lineDash={[6, 4]} start={0.2} end={0.9} />
    </>,
  );
});
