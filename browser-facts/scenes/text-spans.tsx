import {Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-spans', view => {
  view.add(
    <>
      <Txt y={-55} fontSize={30} fill={'black'}>
        Plain <Txt fill={'red'}>red</Txt> and{' '}
        <Txt.b fill={'blue'}>bold</Txt.b>
      </Txt>
      <Txt y={-5} fontSize={24} fill={'green'}>
        <Txt fontSize={40}>Big</Txt> then <Txt.i>small</Txt.i>
      </Txt>
      <Txt y={55} width={200} textWrap fontSize={20} fill={'black'}>
        A span may <Txt fill={'crimson'} fontWeight={700}>break over the end</Txt> of its line
      </Txt>
    </>,
  );
});
