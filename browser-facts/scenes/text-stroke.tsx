import {Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-stroke', view => {
  view.fill('#336699');
  view.add(
    <>
      <Txt y={-50} fontSize={50} fill={'white'} stroke={'black'} lineWidth={4} text={'Stroke'} />
      <Txt y={5} fontSize={50} fill={'white'} stroke={'black'} lineWidth={6} strokeFirst lineJoin={'round'} text={'Behind'} />
      <Txt y={60} fontSize={50} fill={null} stroke={'gold'} lineWidth={2} text={'Hollow'} />
    </>,
  );
});
