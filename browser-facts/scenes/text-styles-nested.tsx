import {Rect, Txt} from '@revideo/2d';
import {createRef} from '@revideo/core';
import {still} from './shared/still';

export default still('text-styles-nested', view => {
  const last = createRef<Txt>();
  view.add(
    <>
      <Txt width={280} y={-40} fontSize={22} textWrap textAlign={'center'} fill={'#222222'} lineHeight={'150%'}>
        Mixed <Txt fontSize={34} fill={'crimson'} stroke={'black'} lineWidth={1}>sizes</Txt> and{' '}
        <Txt.b letterSpacing={3}>spaced bold</Txt.b>
        {' and '}
        <Txt ref={last} fill={'teal'}>
          deeper <Txt.i>italic</Txt.i> inside
        </Txt>
      </Txt>
      <Rect y={60} width={() => last().width()} height={() => last().height()} fill={'#dddddd'} />
    </>,
  );
});
