import {Code} from '@revideo/2d';
import {still} from './shared/still';
import {Tokens} from './shared/tokens';

const code = `// adds
function add(a, b) {
  const name = 'sum';
  return a + b * 12;
}`;

export default still('code-highlight', view => {
  view.fill('white');
  view.add(<Code fontFamily={'Roboto'} fontSize={20} fill={'black'} highlighter={new Tokens()} code={code} />);
});
