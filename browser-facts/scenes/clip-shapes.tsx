import {Circle, Rect, Polygon, Node} from '@revideo/2d';
import {still} from './shared/still';

export default still('clip-shapes', view => {
  view.add(
    <>
      <Circle x={-100} size={90} clip fill={'#eee'}>
        <Rect size={70} rotation={30} fill={'tomato'} />
      </Circle>
      <Rect size={[80, 90]} radius={24} clip>
        <Rect y={20} size={90} fill={'teal'} />
        <Circle y={-30} size={50} fill={'gold'} />
      </Rect>
      <Polygon x={100} size={100} sides={6} clip fill={'#ddd'}>
        <Node rotation={10}>
          <Rect x={-20} size={60} fill={'navy'} />
        </Node>
      </Polygon>
    </>,
  );
});
