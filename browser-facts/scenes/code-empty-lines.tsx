import {Code, Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('code-empty-lines', view => {
  const code = (<Code fontFamily={'Roboto'} fontSize={16} lineHeight={'150%'} fill={'black'} code={'a\n\n  b\n'} />) as Code;
  view.add(<Rect size={() => code.size()} stroke={'tomato'} lineWidth={1} />);
  view.add(code);
});
