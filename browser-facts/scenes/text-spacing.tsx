import {Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-spacing', view => {
  view.add(
    <>
      <Txt y={-60} fontSize={30} fill={'black'} letterSpacing={8} text={'spaced'} />
      <Txt y={-15} fontSize={30} fill={'black'} letterSpacing={-2} text={'tightened AV'} />
      <Txt y={30} fontSize={30} fill={'black'} letterSpacing={2.5} text={'office fi'} />
      <Txt y={70} fontSize={22} fill={'black'} text={'inner   spaces  fold'} />
    </>,
  );
});
