import {Rect, Circle, Pattern} from '@revideo/2d';
import {still} from './shared/still';

export default still('pattern-of-canvas', view => {
  const image = document.createElement('canvas');
  image.width = image.height = 20;
  const context = image.getContext('2d')!;
  context.strokeStyle = 'navy';
  context.lineWidth = 3;
  context.beginPath();
  context.moveTo(0, 20);
  context.lineTo(20, 0);
  context.stroke();
  view.add(
    <>
      <Rect x={-80} size={[120, 100]} fill={new Pattern({image, repetition: 'repeat'})} stroke={'#333'} lineWidth={3} />
      <Circle x={80} size={110} fill={new Pattern({image, repetition: 'repeat'})} rotation={30} />
    </>,
  );
});
