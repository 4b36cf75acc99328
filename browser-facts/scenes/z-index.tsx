import {Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('z-index', view => {
  view.add(
    <>
      <Rect x={-60} size={80} fill={'red'} zIndex={2} />
      <Rect x={-20} y={15} size={80} fill={'green'} />
      <Rect x={20} y={30} size={80} fill={'blue'} zIndex={-1} />
      <Rect x={60} y={-15} size={80} fill={'gold'} zIndex={1}>
        <Rect x={30} size={40} fill={'black'} zIndex={-5} />
        <Rect x={45} y={10} size={40} fill={'white'} zIndex={-6} />
      </Rect>
    </>,
  );
});
