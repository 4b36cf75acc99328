import {Line} from '@revideo/2d';
import {still} from './shared/still';

export default still('line-closed', view => {
  view.add(
    <>
      <Line x={-90} points={[[-40, 40], [0, -40], [40, 40]]} closed fill={'gold'} stroke={'black'} lineWidth={6} />
      <Line points={[[-30, 40], [-30, -40], [30, -40], [30, 40]]} radius={16} stroke={'navy'} lineWidth={6} />
      <Line x={90} points={[[-40, 0], [0, -40], [40, 0], [0, 40]]} closed radius={10} fill={'teal'} start={0.1} end={0.7} stroke={'black'} lineWidth={4} />
    </>,
  );
});
