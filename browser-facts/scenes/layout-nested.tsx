import {Circle, Layout, Node, Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('layout-nested', view => {
  view.add(
    <Rect layout padding={10} gap={10} fill={'#f1faee'} stroke={'#1d3557'} lineWidth={2}>
      <Layout direction={'column'} gap={6}>
        <Rect width={50} height={30} fill={'#e63946'} />
        <Node>
          <Rect width={70} height={20} fill={'#457b9d'} />
          <Rect width={30} height={20} fill={'#1d3557'} alignSelf={'end'} />
        </Node>
      </Layout>
      <Rect width={80} fill={'#a8dadc'}>
        <Circle layout={false} x={10} y={-20} size={40} fill={'gold'} />
        <Rect layout={false} width={20} height={10} y={30} rotation={20} fill={'black'} />
      </Rect>
      <Layout direction={'column'} justifyContent={'center'} offset={[0, 0]}>
        <Rect size={30} fill={'purple'} rotation={15} offset={[-1, 0]} />
        <Rect size={30} fill={'plum'} scale={0.7} />
      </Layout>
    </Rect>,
  );
});
