import {Circle, Node, Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('cache-padding', view => {
  view.add(
    <>
      <Rect x={-100} size={60} stroke={'black'} lineWidth={20} opacity={0.5} />
      <Node x={0} opacity={0.6} scale={0.7} rotation={20}>
        <Circle x={-20} size={60} fill={'red'} />
        <Rect x={20} size={60} fill={'blue'} stroke={'gold'} lineWidth={8} />
      </Node>
      <Circle x={100} size={60} fill={'teal'} opacity={0.7} shadowColor={'black'} shadowBlur={12} shadowOffset={[8, 8]} cachePadding={30} />
    </>,
  );
});
