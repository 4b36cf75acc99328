import {Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-line-heights', view => {
  view.add(
    <>
      <Txt x={-100} width={90} textWrap fontSize={16} lineHeight={16} text={'tight lines of text'} />
      <Txt width={90} textWrap fontSize={16} lineHeight={'150%'} text={'loose lines of text'} />
      <Txt x={100} width={90} textWrap fontSize={16} lineHeight={40} text={'wide lines of text'} />
    </>,
  );
});
