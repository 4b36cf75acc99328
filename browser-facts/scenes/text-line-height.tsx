import {Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-line-height', view => {
  view.add(
    <>
      <Txt x={-105} fontSize={24} fill={'black'} text={'one\ntwo\nthree'} />
      <Txt x={-30} fontSize={24} fill={'black'} lineHeight={50} text={'one\ntwo\nthree'} />
      <Txt x={45} fontSize={24} fill={'black'} lineHeight={'80%'} text={'one\ntwo\nthree'} />
      <Txt x={120} fontSize={24} fill={'black'} lineHeight={'200%'} text={'one\ntwo'} />
    </>,
  );
});
