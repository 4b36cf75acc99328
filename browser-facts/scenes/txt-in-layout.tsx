import {Layout, Rect, Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('txt-in-layout', view => {
  view.add(
    <Rect layout direction={'column'} width={260} padding={12} gap={8} fill={'#eef'} alignItems={'start'}>
      <Txt text={'Heading'} fontSize={24} fontWeight={700} />
      <Txt textWrap fontSize={14} lineHeight={20} text={'A paragraph that is as wide as its box allows and goes on in a second line.'} />
      <Layout gap={6}>
        <Rect size={[50, 16]} fill={'tomato'} radius={8} />
        <Rect size={[30, 16]} fill={'teal'} radius={8} />
      </Layout>
    </Rect>,
  );
});
