import {Circle, Node, Rect} from '@revideo/2d';
import {still} from './shared/still';

const operations = [
  'source-in', 'source-out', 'source-atop', 'destination-over', 'destination-in', 'destination-out',
  'destination-atop', 'xor', 'lighter', 'copy',
] as const;

export default still(
  'composite',
  view => {
    view.add(
      <>
        {operations.map((operation, i) => (
          <Node cache x={-160 + (i % 5) * 80} y={i < 5 ? -60 : 60}>
            <Rect x={-8} y={-8} size={44} fill={'rgba(230, 57, 70, 0.9)'} />
            <Circle x={8} y={8} size={44} fill={'rgba(69, 123, 157, 0.8)'} compositeOperation={operation} />
          </Node>
        ))}
      </>,
    );
  },
  [480, 270],
);
