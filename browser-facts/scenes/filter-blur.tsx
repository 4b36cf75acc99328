import {blur, Circle, Rect, Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('filter-blur', view => {
  view.add(
    <>
      <Rect x={-90} size={70} fill={'crimson'} filters={[blur(6)]} />
      <Circle x={10} size={70} fill={'navy'} filters={[blur(15)]} scale={0.8} />
      <Txt x={100} fontSize={30} fill={'black'} text={'blurry'} filters={[blur(2)]} />
    </>,
  );
});
