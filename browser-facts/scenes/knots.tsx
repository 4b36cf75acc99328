import {Knot, Spline} from '@revideo/2d';
import {still} from './shared/still';

export default still('knots', view => {
  view.add(
    <>
      <Spline stroke={'tomato'} lineWidth={6} x={-80}>
        <Knot position={[-50, 40]} />
        <Knot position={[0, -40]} startHandle={[-30, 0]} />
        <Knot position={[50, 40]} startHandle={[0, -60]} endHandle={[20, 0]} />
      </Spline>
      <Spline stroke={'navy'} lineWidth={5} x={80} closed smoothness={0.6} fill={'#cde'}>
        <Knot position={[-50, 30]} auto={0.2} />
        <Knot position={[0, -50]} />
        <Knot position={[50, 30]} auto={[1, 0]} />
      </Spline>
    </>,
  );
});
