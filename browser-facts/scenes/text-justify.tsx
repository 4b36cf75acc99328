import {Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-justify', view => {
  view.add(
    <Txt width={220} fontSize={18} fill={'black'} textWrap textAlign={'justify'} text={'Justified text spreads the words of every line but the last over the whole width.'} />,
  );
});
