import {Grid} from '@revideo/2d';
import {still} from './shared/still';

export default still('grid', view => {
  view.add(
    <>
      <Grid x={-80} width={140} height={150} spacing={25} stroke={'#888888'} lineWidth={2} />
      <Grid x={80} width={130} height={150} spacing={[40, 20]} stroke={'crimson'} lineWidth={3} start={0.2} end={0.9} lineDash={[6, 4]} />
    </>,
  );
});
