import {Circle, Node, Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('node-group', view => {
  view.add(
    <>
      <Node x={-60} y={-20} rotation={25} scale={1.4}>
        <Rect width={60} height={30} fill={'#457b9d'} />
        <Node x={30} scale={[1, 0.5]} rotation={-25}>
          <Circle size={40} fill={'#e63946'} />
        </Node>
      </Node>
      <Rect x={80} width={90} height={90} fill={'#a8dadc'} scale={0.8}>
        <Rect x={-45} y={-45} size={30} fill={'#1d3557'} rotation={45}>
          <Circle x={30} size={10} fill={'black'} />
        </Rect>
      </Rect>
    </>,
  );
});
