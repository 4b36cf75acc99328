import {Layout, Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('layout-align-self', view => {
  view.add(
    <Rect layout width={280} height={120} gap={8} padding={8} fill={'#eee'} alignItems={'stretch'}>
      <Rect width={30} fill={'tomato'} />
      <Rect width={30} height={30} alignSelf={'start'} fill={'gold'} />
      <Rect width={30} height={30} alignSelf={'center'} fill={'teal'} />
      <Rect width={30} height={30} alignSelf={'end'} fill={'navy'} />
      <Rect width={30} margin={[20, 0, 10, 14]} fill={'purple'} />
    </Rect>,
  );
});
