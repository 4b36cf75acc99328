import {Node, Rect, Circle, blur, grayscale, invert, contrast} from '@revideo/2d';
import {still} from './shared/still';

export default still('filters-in-groups', view => {
  view.add(
    <>
      <Node x={-100} filters={[blur(3)]}>
        <Rect size={60} fill={'tomato'} />
        <Circle x={20} y={20} size={40} fill={'navy'} />
      </Node>
      <Rect size={70} fill={'orange'} filters={[grayscale(0.7), contrast(1.4)]}>
        <Circle size={40} fill={'blue'} />
      </Rect>
      <Circle x={100} size={80} fill={'seagreen'} filters={[invert(1), blur(1)]} opacity={0.7} />
    </>,
  );
});
