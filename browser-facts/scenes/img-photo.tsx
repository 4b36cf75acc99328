import {Img, Layout} from '@revideo/2d';
import {still} from './shared/still';

export default still('img-photo', view => {
  view.add(
    <>
      <Img x={-70} src={'/photo.jpg'} width={160} rotation={-8} radius={12} />
      <Layout layout x={90} direction={'column'} gap={6} alignItems={'center'}>
        <Img src={'/photo.jpg'} width={60} />
        <Img src={'/photo.jpg'} height={30} />
        <Img src={'/photo.jpg'} size={[90, 20]} />
      </Layout>
    </>,
  );
});
