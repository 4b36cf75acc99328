import {Rect, Circle, Gradient} from '@revideo/2d';
import {still} from './shared/still';

export default still('gradient-types', view => {
  const stops = [
    {offset: 0, color: 'gold'},
    {offset: 0.6, color: 'crimson'},
    {offset: 1, color: 'navy'},
  ];
  view.add(
    <>
      <Rect x={-105} size={[90, 120]} fill={new Gradient({type: 'linear', from: [-45, -60], to: [45, 60], stops})} />
      <Circle size={100} fill={new Gradient({type: 'radial', from: [-15, -15], to: 0, fromRadius: 5, toRadius: 60, stops})} />
      <Rect x={105} size={[90, 120]} radius={20} fill={new Gradient({type: 'conic', angle: 1, from: 0, stops})} stroke={new Gradient({from: [0, -60], to: [0, 60], stops})} lineWidth={8} />
    </>,
  );
});
