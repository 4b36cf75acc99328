import {Img, Node} from '@revideo/2d';
import {still} from './shared/still';

export default still('draw-data-url', view => {
  const canvas = document.createElement('canvas');
  canvas.width = 80;
  canvas.height = 60;
  const context = canvas.getContext('2d')!;
  const ink = context.createLinearGradient(0, 0, 80, 60);
  ink.addColorStop(0, 'gold');
  ink.addColorStop(1, 'crimson');
  context.fillStyle = ink;
  context.beginPath();
  context.roundRect(4, 4, 72, 52, 14);
  context.fill();
  view.add(
    <Node>
      <Img x={-70} src={canvas.toDataURL()} />
      <Img x={70} src={canvas.toDataURL('image/png')} width={120} rotation={15} />
    </Node>,
  );
});
