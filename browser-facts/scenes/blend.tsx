import {Circle, Rect} from '@revideo/2d';
import {still} from './shared/still';

const operations = [
  'multiply', 'screen', 'overlay', 'darken', 'lighten', 'color-dodge', 'color-burn', 'hard-light',
  'soft-light', 'difference', 'exclusion', 'hue', 'saturation', 'color', 'luminosity',
] as const;

export default still(
  'blend',
  view => {
    view.fill('#88aa66');
    view.add(
      <>
        {operations.map((operation, i) => (
          <>
            <Rect x={-180 + (i % 5) * 90} y={-85 + Math.floor(i / 5) * 85} width={70} height={40} fill={'#e07a30'} />
            <Circle x={-165 + (i % 5) * 90} y={-75 + Math.floor(i / 5) * 85} size={60} fill={'#5050c0'} compositeOperation={operation} />
          </>
        ))}
      </>,
    );
  },
  [480, 270],
);
