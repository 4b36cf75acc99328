import {Layout, Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('layout-row', view => {
  view.add(
    <>
      <Rect layout y={-50} gap={10} padding={12} fill={'#dddddd'} radius={8}>
        <Rect width={40} height={40} fill={'red'} />
        <Rect width={60} height={20} fill={'green'} />
        <Rect width={30} height={50} fill={'blue'} margin={[0, 6, 4, 10]} />
      </Rect>
      <Rect layout y={45} direction={'column'} gap={[3, 7]} padding={[4, 20, 8, 10]} fill={'#bbbbbb'} x={-80}>
        <Rect width={40} height={14} fill={'red'} />
        <Rect width={60} height={14} fill={'green'} />
        <Rect height={14} fill={'blue'} />
      </Rect>
      <Layout layout x={70} y={45} direction={'row-reverse'} columnGap={5}>
        <Rect size={30} fill={'red'} />
        <Rect size={30} fill={'green'} />
        <Rect size={30} fill={'blue'} />
      </Layout>
    </>,
  );
});
