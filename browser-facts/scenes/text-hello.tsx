import {Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still(
  'text-hello',
  view => {
    view.add(
      <>
        <Txt y={-70} fontSize={50} fill={'#e13238'}>
          Hello World!
        </Txt>
        <Txt y={40} fontSize={100} fill={'white'} text={'Hello World!'} />
      </>,
    );
  },
  [480, 270],
);
