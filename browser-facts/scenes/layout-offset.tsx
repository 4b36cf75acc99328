import {Layout, Rect} from '@revideo/2d';
import {createRef} from '@revideo/core';
import {still} from './shared/still';

export default still('layout-offset', view => {
  const anchor = createRef<Rect>();
  view.add(
    <>
      <Rect ref={anchor} width={120} height={60} fill={'#888888'} rotation={10} x={-60} y={-20} />
      <Rect size={10} fill={'red'} position={() => anchor().topLeft()} />
      <Rect size={10} fill={'lime'} position={() => anchor().bottomRight()} />
      <Rect size={10} fill={'blue'} position={() => anchor().middle()} />
      <Layout offset={[-1, -1]} x={40} y={-70} layout gap={4}>
        <Rect size={30} fill={'orange'} />
        <Rect width={40} height={50} fill={'brown'} />
      </Layout>
      <Rect offsetX={1} x={140} y={60} width={50} height={30} fill={'navy'} />
    </>,
  );
});
