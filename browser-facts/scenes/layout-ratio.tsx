import {Layout, Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('layout-ratio', view => {
  view.add(
    <>
      <Layout layout x={-70} gap={8} alignItems={'start'}>
        <Rect width={60} ratio={2} fill={'red'} />
        <Rect height={60} ratio={0.5} fill={'green'} />
        <Rect width={40} minHeight={50} fill={'blue'} />
      </Layout>
      <Rect x={70} y={-45} width={100} maxWidth={70} height={10} minHeight={40} fill={'orange'} />
      <Rect x={70} y={35} layout maxWidth={90} fill={'#cccccc'} padding={5}>
        <Rect width={70} height={30} shrink={0} fill={'teal'} />
        <Rect width={70} height={30} fill={'navy'} />
      </Rect>
      <Rect x={-70} y={65} width={20} height={10} padding={12} fill={'black'} />
    </>,
  );
});
