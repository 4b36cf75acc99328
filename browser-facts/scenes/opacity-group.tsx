import {Circle, Node, Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('opacity-group', view => {
  view.fill('#204060');
  view.add(
    <>
      <Rect x={-90} width={100} height={100} fill={'white'} opacity={0.5}>
        <Circle x={40} size={60} fill={'red'} />
      </Rect>
      <Node x={60} opacity={0.4}>
        <Circle x={-30} size={80} fill={'lime'} />
        <Circle x={30} size={80} fill={'yellow'} opacity={0.5} />
      </Node>
      <Rect size={40} fill={'black'} opacity={0} />
    </>,
  );
});
