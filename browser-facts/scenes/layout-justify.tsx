import {Layout, Rect} from '@revideo/2d';
import {still} from './shared/still';

const modes = ['start', 'center', 'end', 'space-between', 'space-around', 'space-evenly'] as const;

export default still('layout-justify', view => {
  view.add(
    <Layout layout direction={'column'} gap={6}>
      {modes.map(mode => (
        <Rect width={280} height={20} justifyContent={mode} gap={4} fill={'#e0e0e0'}>
          <Rect width={30} fill={'red'} />
          <Rect width={50} fill={'green'} />
          <Rect width={20} fill={'blue'} />
        </Rect>
      ))}
    </Layout>,
  );
});
