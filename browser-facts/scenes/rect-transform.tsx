import {Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('rect-transform', view => {
  view.add(
    <>
      <Rect x={-100} y={-40} width={70} height={40} fill={'tomato'} rotation={30} />
      <Rect x={0} y={-40} width={70} height={40} fill={'tomato'} scale={[0.5, 1.5]} stroke={'navy'} lineWidth={6} />
      <Rect x={100} y={-40} width={70} height={40} fill={'tomato'} skew={[20, 0]} />
      <Rect x={-100} y={45} width={70} height={40} fill={'olive'} skewY={15} rotation={-10} scale={1.2} />
      <Rect x={0} y={45} width={60} height={40} fill={'olive'} offset={[-1, -1]} rotation={20} />
      <Rect x={120} y={45} width={60} height={40} fill={'olive'} offset={[1, 0]} scaleX={-1}>
        <Rect x={10} y={5} width={20} height={20} fill={'white'} rotation={45} />
      </Rect>
    </>,
  );
});
