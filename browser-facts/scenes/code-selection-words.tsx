import {Code, lines, word} from '@revideo/2d';
import {still} from './shared/still';

export default still('code-selection-words', view => {
  view.add(
    <>
      <Code y={-45} fontFamily={'Roboto'} fontSize={18} fill={'black'} code={'const first = 1;\nconst second = 2;'} selection={[word(0, 6, 5), lines(1)]} />
      <Code y={45} fontFamily={'Roboto'} fontSize={18} fill={'navy'} code={'if (ready) {\n  start();\n}'} selection={lines(1)} />
    </>,
  );
});
