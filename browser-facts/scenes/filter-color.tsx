import {brightness, contrast, grayscale, hue, Img, invert, saturate, sepia} from '@revideo/2d';
import {still} from './shared/still';

const filters = [
  [brightness(1.5)], [brightness(0.4)], [contrast(1.8)], [contrast(0.3)], [grayscale(1)], [grayscale(0.5)],
  [hue(90)], [invert(1)], [invert(0.6)], [saturate(2.5)], [sepia(1)], [sepia(0.5), brightness(1.2), hue(-40)],
];

export default still('filter-color', view => {
  view.add(
    <>
      {filters.map((list, i) => (
        <Img src={'/photo.jpg'} width={68} x={-114 + (i % 4) * 76} y={-54 + Math.floor(i / 4) * 54} filters={list} />
      ))}
    </>,
  );
});
