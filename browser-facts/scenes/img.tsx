import {Img, Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('img', view => {
  view.add(
    <>
      <Img x={-120} y={-50} src={'/picture.png'} />
      <Img x={-40} y={-50} src={'/picture.png'} width={72} />
      <Img x={50} y={-50} src={'/picture.png'} height={60} />
      <Img x={125} y={-50} src={'/picture.png'} width={40} height={60} />
      <Img x={-110} y={45} src={'/picture.png'} width={90} radius={20} />
      <Img x={-10} y={45} src={'/picture.png'} width={80} stroke={'red'} lineWidth={8} fill={'lime'} />
      <Img x={90} y={45} src={'/picture.png'} width={90} alpha={0.4} stroke={'black'} lineWidth={2}>
        <Rect size={14} fill={'magenta'} />
      </Img>
    </>,
  );
});
