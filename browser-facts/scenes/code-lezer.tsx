import {Code, LezerHighlighter, lines} from '@revideo/2d';
import {parser} from '@lezer/javascript';
import {sample} from './shared/sample';
import {still} from './shared/still';

export default still(
  'code-lezer',
  view => {
    view.fill('#1c1c22');
    view.add(
      <Code
        fontFamily={'Roboto'}
        fontSize={14}
        highlighter={new LezerHighlighter(parser.configure({dialect: 'jsx ts'}))}
        selection={lines(0, 7)}
        code={sample}
      />,
    );
  },
  [640, 220],
);
