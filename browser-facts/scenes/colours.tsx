import {Rect} from '@revideo/2d';
import {Color} from '@revideo/core';
import {still} from './shared/still';

const colours = [
  'rebeccapurple', '#f80', '#ff8800cc', 'ff0', 'rgb(10 200 30 / 60%)', 'rgba(255, 0, 100, 0.5)', 'hsl(200, 80%, 40%)',
  'hwb(40 20% 10%)', 'lab(50% 40 -30)', 'lch(60% 60 150)', 'oklab(0.6 0.1 -0.1)', 'oklch(0.7 0.15 60)', 'color(srgb 0.2 0.5 0.8)',
  'transparent', 0x336699, {r: 255, g: 99, b: 71, a: 0.5}, 'TOMATO', 'hsla(300deg 50% 50% / 0.7)',
  new Color('red').lerp(new Color('lime'), 0.3), Color.lerp('#123456', '#fedcba', 0.6),
];

export default still('colours', view => {
  view.add(colours.map((colour, i) => <Rect x={-138 + (i % 7) * 46} y={-55 + Math.floor(i / 7) * 55} width={40} height={48} fill={colour} />));
});
