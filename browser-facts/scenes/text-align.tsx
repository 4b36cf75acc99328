import {Txt} from '@revideo/2d';
import {still} from './shared/still';

const modes = ['left', 'center', 'right'] as const;

export default still('text-align', view => {
  view.add(
    <>
      {modes.map((mode, i) => (
        <Txt x={-105 + i * 105} width={95} fontSize={18} fill={'black'} textWrap textAlign={mode} text={'ragged lines of some words'} y={-45} />
      ))}
      <Txt y={40} fontSize={18} fill={'black'} textAlign={'center'} text={'a centred\nblock that shrinks\nto fit'} />
    </>,
  );
});
