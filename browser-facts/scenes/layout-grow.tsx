import {Layout, Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('layout-grow', view => {
  view.add(
    <Layout layout direction={'column'} gap={10} width={300}>
      <Rect height={30} gap={4} fill={'#eeeeee'}>
        <Rect grow={1} fill={'red'} />
        <Rect grow={2} fill={'green'} />
        <Rect width={50} fill={'blue'} />
      </Rect>
      <Rect height={30} fill={'#eeeeee'}>
        <Rect width={250} fill={'red'} />
        <Rect width={150} shrink={3} fill={'green'} />
        <Rect width={50} shrink={0} fill={'blue'} />
      </Rect>
      <Rect height={30} fill={'#eeeeee'}>
        <Rect basis={60} fill={'red'} grow={1} />
        <Rect basis={'30%'} fill={'green'} />
        <Rect grow={1} minWidth={120} fill={'blue'} />
        <Rect grow={9} maxWidth={20} fill={'orange'} />
      </Rect>
    </Layout>,
  );
});
