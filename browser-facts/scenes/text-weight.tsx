import {Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-weight', view => {
  view.add(
    <>
      <Txt y={-65} fontSize={28} fill={'black'} fontWeight={700} text={'Bold AVATAR'} />
      <Txt y={-30} fontSize={28} fill={'black'} fontStyle={'italic'} text={'Italic AVATAR'} />
      <Txt y={5} fontSize={28} fill={'black'} fontStyle={'italic'} fontWeight={700} text={'Bold italic'} />
      <Txt y={40} fontSize={28} fill={'black'} fontWeight={500} text={'Medium falls to regular'} />
      <Txt y={70} fontSize={28} fill={'black'} fontWeight={900} text={'Black falls to bold'} />
    </>,
  );
});
