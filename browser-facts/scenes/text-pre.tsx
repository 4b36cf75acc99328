import {Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-pre', view => {
  view.add(
    <>
      <Txt y={-50} fontSize={18} textWrap={'pre'} text={'two\n  lines'} />
      <Txt y={40} width={200} fontSize={18} textWrap={false} text={'this one does not wrap though it is long'} />
    </>,
  );
});
