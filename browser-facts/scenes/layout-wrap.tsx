import {Rect} from '@revideo/2d';
import {range} from '@revideo/core';
import {still} from './shared/still';

export default still('layout-wrap', view => {
  const boxes = () => range(7).map(i => <Rect width={24 + i * 5} height={18 + (i % 3) * 6} fill={`hsl(${i * 50}, 70%, 50%)`} />);
  view.add(
    <>
      <Rect layout x={-80} width={140} height={150} wrap={'wrap'} gap={6} padding={8} fill={'#eeeeee'} alignContent={'start'}>
        {boxes()}
      </Rect>
      <Rect layout x={80} width={140} height={150} wrap={'wrap-reverse'} gap={[4, 8]} justifyContent={'center'} alignItems={'center'} alignContent={'space-between'} fill={'#dddddd'}>
        {boxes()}
      </Rect>
    </>,
  );
});
