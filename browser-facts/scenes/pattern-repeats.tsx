import {Rect, Pattern} from '@revideo/2d';
import {still} from './shared/still';

export default still('pattern-repeats', view => {
  ['repeat', 'repeat-x', 'repeat-y', 'no-repeat'].forEach((repetition, index) => {
    const image = document.createElement('canvas');
    image.width = image.height = 24;
    const context = image.getContext('2d')!;
    context.fillStyle = 'tomato';
    context.fillRect(0, 0, 12, 12);
    context.fillStyle = 'navy';
    context.beginPath();
    context.arc(18, 18, 6, 0, 7);
    context.fill();
    view.add(<Rect x={(index % 2) * 140 - 70} y={index < 2 ? -42 : 42} size={[120, 70]} fill={new Pattern({image, repetition: repetition as 'repeat'})} stroke={'#999'} lineWidth={2} />);
  });
});
