import {Node, Rect, Circle} from '@revideo/2d';
import {still} from './shared/still';

export default still('composite-operations', view => {
  (['source-in', 'destination-out', 'xor', 'lighter', 'multiply', 'difference'] as const).forEach((operation, index) => {
    view.add(
      <Node cache x={(index % 3) * 100 - 100} y={index < 3 ? -42 : 42}>
        <Rect x={-12} size={50} fill={'#e63946'} />
        <Circle x={12} y={8} size={50} fill={'#457b9d'} compositeOperation={operation} />
      </Node>,
    );
  });
});
