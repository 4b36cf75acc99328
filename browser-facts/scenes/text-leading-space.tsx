import {Rect, Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-leading-space', view => {
  view.add(
    <>
      <Rect width={2} height={180} fill={'#cccccc'} />
      <Txt fontSize={40} fill={'black'} text={' set off '} />
    </>,
  );
});
