import {Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('rect-radius', view => {
  view.add(
    <>
      <Rect x={-110} y={-40} width={80} height={60} fill={'crimson'} radius={16} />
      <Rect x={0} y={-40} width={80} height={60} fill={'crimson'} radius={[4, 12, 24, 0]} />
      <Rect x={110} y={-40} width={80} height={60} fill={'crimson'} radius={200} stroke={'black'} lineWidth={4} />
      <Rect x={-110} y={45} width={80} height={60} fill={'teal'} radius={25} smoothCorners />
      <Rect x={0} y={45} width={80} height={60} fill={'teal'} radius={[25, 10]} smoothCorners cornerSharpness={0.2} />
      <Rect x={110} y={45} width={80} height={60} fill={'teal'} radius={[50, 30, 10, 40]} />
    </>,
  );
});
