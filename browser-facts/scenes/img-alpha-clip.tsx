import {Img, Circle, Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('img-alpha-clip', view => {
  view.add(
    <>
      <Circle x={-90} size={110} clip>
        <Img src={'/photo.jpg'} height={130} />
      </Circle>
      <Img x={50} y={-30} src={'/photo.jpg'} width={120} alpha={0.4} fill={'gold'} stroke={'navy'} lineWidth={4} radius={12} />
      <Rect x={80} y={55} size={[120, 40]} clip radius={20}>
        <Img src={'/photo.jpg'} width={160} rotation={20} />
      </Rect>
    </>,
  );
});
