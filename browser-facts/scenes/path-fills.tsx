import {Path} from '@revideo/2d';
import {still} from './shared/still';

export default still('path-fills', view => {
  view.add(
    <>
      <Path x={-90} data={'M-40 -40 H40 V40 H-40 Z M-20 -20 V20 H20 V-20 Z'} fill={'teal'} />
      <Path x={10} data={'M0 -40 L40 0 A40 40 0 0 1 -40 0 Z'} stroke={'crimson'} lineWidth={6} fill={'#fdd'} />
      <Path x={100} data={'M-30 0 a30 30 0 1 1 60 0 L0 40 Z'} stroke={'navy'} lineWidth={4} lineDash={[8, 4]} start={0.1} end={0.8} />
    </>,
  );
});
