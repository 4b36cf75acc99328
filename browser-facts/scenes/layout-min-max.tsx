import {Layout, Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('layout-min-max', view => {
  view.add(
    <Layout layout width={300} gap={6} alignItems={'start'}>
      <Rect grow={1} maxWidth={60} height={40} fill={'tomato'} />
      <Rect grow={2} minWidth={50} height={60} maxHeight={50} fill={'teal'} />
      <Rect grow={1} height={10} minHeight={30} fill={'gold'} />
      <Rect shrink={0} basis={50} height={20} fill={'navy'} />
    </Layout>,
  );
});
