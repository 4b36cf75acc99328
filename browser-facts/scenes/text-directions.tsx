import {Txt, Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-directions', view => {
  view.add(
    <>
      <Rect y={-40} size={[280, 40]} stroke={'#ccc'} lineWidth={1} />
      <Txt y={-40} width={280} textAlign={'right'} fontSize={20} text={'to the right'} />
      <Txt y={30} width={280} textAlign={'center'} textWrap fontSize={18} text={'two lines that stand in the middle of their box'} />
    </>,
  );
});
