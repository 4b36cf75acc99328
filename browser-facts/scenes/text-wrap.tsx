import {Rect, Txt} from '@revideo/2d';
import {still} from './shared/still';

const sentence = 'The quick brown fox jumps over the lazy dog and runs away';

export default still(
  'text-wrap',
  view => {
    view.add(
      <>
        <Rect x={-150} width={120} height={260} fill={'#eeeeee'} />
        <Txt x={-150} width={120} fontSize={22} fill={'black'} textWrap text={sentence} />
        <Txt x={0} width={140} fontSize={22} fill={'black'} textWrap={'balance'} text={sentence} />
        <Txt x={150} width={120} y={-80} fontSize={18} fill={'black'} textWrap={'pre'} text={'pre  keeps\n  its lines'} />
        <Txt x={150} width={120} y={0} fontSize={18} fill={'black'} textWrap text={'new\nlines\nfold when wrapping'} />
        <Txt x={150} width={120} y={90} fontSize={18} fill={'black'} text={'unwrapped goes out of its box'} />
      </>,
    );
  },
  [480, 270],
);
