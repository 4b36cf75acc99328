import {CubicBezier, Knot, Path, QuadBezier, Spline} from '@revideo/2d';
import {still} from './shared/still';

export default still('curves', view => {
  view.add(
    <>
      <QuadBezier p0={[-150, -70]} p1={[-110, 0]} p2={[-70, -70]} stroke={'black'} lineWidth={4} />
      <CubicBezier p0={[-50, -20]} p1={[-20, -120]} p2={[20, 50]} p3={[50, -60]} stroke={'crimson'} lineWidth={4} endArrow arrowSize={12} />
      <Spline points={[[-150, 60], [-120, 20], [-90, 70], [-60, 30]]} stroke={'navy'} lineWidth={4} />
      <Spline stroke={'orange'} lineWidth={4} closed smoothness={0.4} points={[[-30, 30], [30, 20], [20, 70], [-20, 65]]} fill={'#ffeecc'} />
      <Path x={60} y={20} data={'M 0 0 h 30 q 20 10 0 30 l -15 10 a 15 15 0 0 1 -15 -15 z'} fill={'plum'} stroke={'purple'} lineWidth={2} />
      <Spline lineWidth={3} stroke={'black'}>
        <Knot position={[-40, -5]} startHandle={[-20, 20]} />
        <Knot position={[60, 0]} />
      </Spline>
    </>,
  );
});
