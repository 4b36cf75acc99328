import {Code} from '@revideo/2d';
import {still} from './shared/still';

export default still('code', view => {
  view.add(<Code fontFamily={'Roboto'} fontSize={20} fill={'black'} code={'function add(a, b) {\n  return a + b;\n}'} />);
});
