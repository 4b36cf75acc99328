import {Layout, Rect, Txt} from '@revideo/2d';
import {createRef} from '@revideo/core';
import {still} from './shared/still';

export default still('layout-readback', view => {
  const box = createRef<Rect>();
  const word = createRef<Txt>();
  view.add(
    <>
      <Layout layout gap={10} y={-40} ref={box} padding={5}>
        <Rect width={60} height={40} fill={'red'} />
        <Txt ref={word} fontSize={30} fill={'black'} text={'measured'} />
      </Layout>
      <Rect x={-100} y={20} width={() => box().width() / 2} height={() => box().height() / 2} fill={'green'} />
      <Rect position={() => word().bottomRight().add(box().position())} size={8} fill={'blue'} />
      <Rect y={60} width={() => word().width()} height={() => word().height()} stroke={'purple'} lineWidth={2} />
      <Rect left={() => box().bottomLeft()} width={12} height={50} fill={'orange'} />
      <Rect topRight={() => [box().right().x, 0]} width={40} height={12} fill={'teal'} />
    </>,
  );
});
