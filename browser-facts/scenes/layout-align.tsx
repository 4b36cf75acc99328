import {Layout, Rect} from '@revideo/2d';
import {still} from './shared/still';

const modes = ['start', 'center', 'end', 'stretch', 'baseline'] as const;

export default still('layout-align', view => {
  view.add(
    <Layout layout gap={8}>
      {modes.map(mode => (
        <Rect width={54} height={120} alignItems={mode} gap={2} padding={3} fill={'#e0e0e0'}>
          <Rect width={14} height={30} fill={'red'} />
          <Rect width={14} minHeight={50} fill={'green'} />
          <Rect width={14} height={20} fill={'blue'} alignSelf={'end'} />
        </Rect>
      ))}
    </Layout>,
  );
});
