import {Layout, Rect} from '@revideo/2d';
import {still} from './shared/still';

export default still('layout-wrap-reverse', view => {
  view.add(
    <Layout layout width={200} height={150} wrap={'wrap-reverse'} direction={'row-reverse'} columnGap={8} rowGap={12} alignContent={'space-between'}>
      {['tomato', 'gold', 'teal', 'navy', 'purple'].map((fill, i) => (
        <Rect width={50 + i * 8} height={24 + (i % 3) * 6} fill={fill} />
      ))}
    </Layout>,
  );
});
