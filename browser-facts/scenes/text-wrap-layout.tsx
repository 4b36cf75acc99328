import {Layout, Rect, Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-wrap-layout', view => {
  view.add(
    <Rect layout direction={'column'} width={260} padding={14} gap={8} fill={'#222233'} radius={10}>
      <Txt fontSize={26} fontWeight={700} fill={'white'} textWrap text={'A card with a heading that wraps'} />
      <Layout gap={10}>
        <Rect size={40} shrink={0} fill={'gold'} />
        <Txt fontSize={15} fill={'#aaccff'} textWrap lineHeight={'140%'} text={'Body text beside a picture, which takes what is left of the row.'} />
      </Layout>
    </Rect>,
  );
});
