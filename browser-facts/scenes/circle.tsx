import {Circle} from '@revideo/2d';
import {still} from './shared/still';

export default still('circle', view => {
  view.add(
    <>
      <Circle x={-110} y={-45} size={70} fill={'orchid'} />
      <Circle x={-30} y={-45} width={60} height={30} fill={'orchid'} stroke={'black'} lineWidth={5} />
      <Circle x={50} y={-45} size={60} stroke={'black'} lineWidth={8} startAngle={30} endAngle={240} />
      <Circle x={120} y={-45} size={60} fill={'seagreen'} startAngle={-90} endAngle={45} closed />
      <Circle x={-110} y={45} size={60} fill={'seagreen'} startAngle={20} endAngle={200} />
      <Circle x={-30} y={45} size={60} stroke={'navy'} lineWidth={8} start={0.25} end={0.75} lineCap={'round'} />
      <Circle x={50} y={45} size={60} stroke={'navy'} lineWidth={4} startAngle={0} endAngle={90} counterclockwise />
      <Circle x={120} y={45} width={70} height={50} stroke={'navy'} lineWidth={6} startAngle={180} endAngle={400} closed lineJoin={'round'} />
    </>,
  );
});
