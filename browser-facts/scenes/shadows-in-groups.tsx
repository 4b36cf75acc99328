import {Node, Rect, Circle} from '@revideo/2d';
import {still} from './shared/still';

export default still('shadows-in-groups', view => {
  view.add(
    <>
      <Node x={-80} rotation={20} shadowColor={'#0008'} shadowBlur={10} shadowOffset={[8, 8]} cache>
        <Rect x={-15} size={50} fill={'gold'} />
        <Circle x={25} size={40} fill={'teal'} />
      </Node>
      <Rect x={80} size={[90, 70]} fill={'white'} stroke={'navy'} lineWidth={6} shadowColor={'crimson'} shadowOffset={[-10, 10]}>
        <Circle size={30} fill={'navy'} />
      </Rect>
    </>,
  );
});
