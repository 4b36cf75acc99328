import {Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-mixed', view => {
  view.add(
    <Txt width={280} textWrap fontSize={20} lineHeight={30} fill={'#333'}>
      A <Txt fontWeight={700} fill={'crimson'}>bold</Txt> word, an <Txt fontStyle={'italic'}>italic</Txt> one and a <Txt fontSize={30}>large</Txt> one in a text that wraps.
    </Txt>,
  );
});
