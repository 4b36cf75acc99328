import {Node, Rect, Circle} from '@revideo/2d';
import {still} from './shared/still';

export default still('opacity-nested', view => {
  view.add(
    <Node opacity={0.7}>
      <Rect x={-40} size={100} fill={'tomato'} opacity={0.5}>
        <Circle x={50} size={80} fill={'navy'} opacity={0.5} />
      </Rect>
      <Rect x={70} size={60} fill={'gold'} />
    </Node>,
  );
});
