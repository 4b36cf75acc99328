import {Img} from '@revideo/2d';
import {still} from './shared/still';

export default still('img-sizes-given', view => {
  view.add(
    <>
      <Img x={-110} src={'/picture.png'} width={80} />
      <Img x={-10} src={'/picture.png'} height={120} />
      <Img x={100} src={'/picture.png'} size={[110, 50]} rotation={10} scale={[-1, 1]} />
    </>,
  );
});
