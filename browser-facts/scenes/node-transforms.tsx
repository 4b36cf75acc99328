import {Node, Rect, Circle} from '@revideo/2d';
import {still} from './shared/still';

export default still('node-transforms', view => {
  view.add(
    <Node x={-60} rotation={20} scale={[1.2, 0.8]} skew={[0, 10]}>
      <Rect size={[80, 40]} fill={'teal'} />
      <Node x={80} y={30} rotation={-45}>
        <Rect size={50} fill={'gold'} offset={[-1, -1]} />
        <Circle size={10} fill={'black'} />
      </Node>
    </Node>,
  );
});
