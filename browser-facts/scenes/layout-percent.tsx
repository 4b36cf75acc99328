import {Layout, Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('layout-percent', view => {
  view.add(
    <>
      <Rect size={'100%'} fill={'#335577'} />
      <Rect x={-60} width={'50%'} height={'40%'} fill={'#77aadd'}>
        <Rect width={'25%'} height={'20%'} fill={'white'} />
      </Rect>
      <Layout layout width={100} height={100} x={90} direction={'column'} gap={'5%'}>
        <Rect width={'80%'} height={'30%'} fill={'orange'} />
        <Rect width={'100%'} height={'50%'} padding={10} fill={'tomato'}>
          <Rect width={'50%'} height={'100%'} fill={'black'} />
        </Rect>
      </Layout>
    </>,
  );
});
