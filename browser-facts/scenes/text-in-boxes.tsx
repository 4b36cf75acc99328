import {Layout, Rect, Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-in-boxes', view => {
  view.add(
    <>
      <Rect layout y={-50} padding={[6, 14]} gap={12} fill={'#e63946'} radius={20} alignItems={'center'}>
        <Rect size={24} radius={12} fill={'white'} />
        <Txt fontSize={22} fill={'white'} text={'Badge'} />
        <Txt fontSize={14} fill={'#ffdddd'} text={'small'} />
      </Rect>
      <Layout layout y={5} gap={6} alignItems={'baseline'}>
        <Txt fontSize={34} fill={'black'} text={'Base'} />
        <Txt fontSize={16} fill={'black'} text={'line'} />
        <Rect width={20} height={12} fill={'teal'} />
      </Layout>
      <Rect layout y={60} width={240} padding={10} fill={'#a8dadc'} justifyContent={'space-between'}>
        <Txt fontSize={18} fill={'black'} text={'left'} />
        <Txt fontSize={18} fill={'black'} text={'right'} />
      </Rect>
    </>,
  );
});
