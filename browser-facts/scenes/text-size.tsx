import {Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-size', view => {
  view.add(
    <>
      <Txt y={-70} fontSize={12} fill={'black'} text={'Twelve pixels, quick brown fox'} />
      <Txt y={-40} fontSize={20} fill={'black'} text={'Twenty pixels: AVATAR Tooth'} />
      <Txt y={0} fontSize={33.5} fill={'black'} text={'33.5 px — ﬁ ffi “q”'} />
      <Txt y={55} text={'Default 48'} fill={'black'} />
    </>,
  );
});
