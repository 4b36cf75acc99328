import {Line, Ray} from '@revideo/2d';
import {still} from './shared/still';

export default still('line', view => {
  view.add(
    <>
      <Line points={[[-150, -70], [-90, -20], [-60, -70]]} stroke={'black'} lineWidth={6} />
      <Line points={[[-40, -70], [0, -20], [40, -70], [60, -20]]} radius={20} stroke={'crimson'} lineWidth={6} lineCap={'round'} />
      <Line points={[[90, -70], [140, -70], [140, -20]]} closed fill={'gold'} stroke={'black'} lineWidth={4} lineJoin={'round'} />
      <Line points={[[-150, 10], [-50, 10]]} stroke={'navy'} lineWidth={4} endArrow />
      <Line points={[[-150, 40], [-100, 70], [-50, 40]]} stroke={'navy'} lineWidth={3} startArrow endArrow arrowSize={14} radius={20} />
      <Line points={[[-20, 20], [60, 20], [60, 70], [-20, 70]]} closed radius={15} stroke={'teal'} lineWidth={5} lineDash={[12, 6]} />
      <Line points={[[90, 10], [140, 10], [140, 60], [90, 60]]} stroke={'purple'} lineWidth={5} start={0.2} end={0.8} />
      <Ray from={[80, 75]} to={[150, 75]} stroke={'black'} lineWidth={3} endArrow arrowSize={10} startOffset={10} />
    </>,
  );
});
