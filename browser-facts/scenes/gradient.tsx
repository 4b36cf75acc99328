import {Circle, Gradient, Rect, Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('gradient', view => {
  const stops = [
    {offset: 0, color: '#e63946'},
    {offset: 0.4, color: '#f1faee'},
    {offset: 1, color: '#1d3557'},
  ];
  view.add(
    <>
      <Rect x={-100} y={-45} width={100} height={70} fill={new Gradient({from: [-50, 0], to: [50, 0], stops})} />
      <Rect x={10} y={-45} width={80} height={70} rotation={10} fill={new Gradient({type: 'linear', from: [0, -35], to: [20, 35], stops})} />
      <Circle x={110} y={-45} size={80} fill={new Gradient({type: 'radial', fromRadius: 5, toRadius: 40, from: [-10, -10], to: 0, stops})} />
      <Circle x={-100} y={45} size={80} fill={new Gradient({type: 'conic', angle: 0.6, stops})} />
      <Rect x={0} y={45} width={70} height={50} lineWidth={12} stroke={new Gradient({from: [0, -30], to: [0, 30], stops: [{offset: 0, color: 'red'}, {offset: 1, color: 'rgba(0, 0, 255, 0)'}]})} />
      <Txt x={100} y={45} fontSize={40} fill={new Gradient({from: [-50, 0], to: [50, 0], stops})} text={'Text'} />
    </>,
  );
});
