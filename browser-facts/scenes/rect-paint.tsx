import {Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('rect-paint', view => {
  view.add(
    <>
      <Rect x={-110} y={-40} width={80} height={60} fill={'#e13238'} />
      <Rect x={0} y={-40} width={80} height={60} fill={'steelblue'} stroke={'gold'} lineWidth={10} />
      <Rect x={110} y={-40} width={80} height={60} fill={'steelblue'} stroke={'gold'} lineWidth={10} strokeFirst />
      <Rect x={-110} y={45} width={80} height={60} stroke={'#2a9d8f'} lineWidth={6} lineDash={[14, 8]} lineDashOffset={5} />
      <Rect x={0} y={45} width={80} height={60} stroke={'#2a9d8f'} lineWidth={12} lineJoin={'round'} />
      <Rect x={110} y={45} width={79.5} height={60.25} stroke={'#2a9d8f'} lineWidth={12} lineJoin={'bevel'} fill={'rgba(255, 0, 128, 0.4)'} />
    </>,
  );
});
