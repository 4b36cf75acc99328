import {Circle} from '@revideo/2d';
import {still} from './shared/still';

export default still('circle-arcs', view => {
  view.add(
    <>
      <Circle x={-110} size={80} fill={'gold'} startAngle={30} endAngle={200} />
      <Circle x={-20} size={[80, 50]} stroke={'navy'} lineWidth={6} startAngle={-60} endAngle={120} />
      <Circle x={70} size={80} fill={'tomato'} closed startAngle={0} endAngle={250} stroke={'black'} lineWidth={3} />
      <Circle x={140} size={[30, 100]} fill={'teal'} rotation={20} />
    </>,
  );
});
