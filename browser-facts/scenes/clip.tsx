import {Circle, Layout, Rect, Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('clip', view => {
  view.add(
    <>
      <Rect x={-100} width={80} height={80} radius={20} fill={'#dddddd'} stroke={'black'} lineWidth={6} clip>
        <Circle x={30} y={30} size={70} fill={'red'} />
      </Rect>
      <Circle size={90} clip fill={'navy'}>
        <Rect y={20} width={100} height={40} fill={'orange'} rotation={20} />
        <Txt y={-15} fontSize={30} fill={'white'} text={'clipped text'} />
      </Circle>
      <Layout x={105} width={60} height={60} clip rotation={30}>
        <Rect x={20} size={60} fill={'teal'} opacity={0.6} />
        <Circle x={-20} y={-20} size={50} fill={'purple'} />
      </Layout>
    </>,
  );
});
