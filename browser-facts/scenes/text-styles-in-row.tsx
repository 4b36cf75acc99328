import {Layout, Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-styles-in-row', view => {
  view.add(
    <Layout layout gap={10} alignItems={'center'}>
      <Txt text={'Aa'} fontSize={18} />
      <Txt text={'Aa'} fontSize={30} fontWeight={700} fill={'crimson'} />
      <Txt text={'Aa'} fontSize={24} fontStyle={'italic'} fill={'navy'} />
      <Txt text={'Aa'} fontSize={36} stroke={'teal'} lineWidth={2} />
    </Layout>,
  );
});
