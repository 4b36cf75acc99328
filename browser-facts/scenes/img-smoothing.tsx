import {Img} from '@revideo/2d';
import {still} from './shared/still';

export default still('img-smoothing', view => {
  view.add(
    <>
      <Img x={-100} src={'/pixels.png'} width={96} smoothing={false} />
      <Img x={0} src={'/pixels.png'} width={96} />
      <Img x={105} src={'/pixels.png'} width={80} smoothing={false} rotation={20} />
    </>,
  );
});
