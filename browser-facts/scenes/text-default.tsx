import {Layout, Rect, Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-default', view => {
  view.add(
    <>
      <Txt y={-50} fontSize={24} text={'no fill is black'} />
      <Layout layout y={0} fontSize={20} gap={10} fontWeight={700}>
        <Txt text={'inherits'} fill={'teal'} />
        <Rect fontSize={30} fontStyle={'italic'}>
          <Txt text={'styles'} fill={'teal'} />
        </Rect>
      </Layout>
      <Rect y={55} fontSize={90} width={10} height={10} fill={'red'}>
        <Txt text={'does not'} fill={'teal'} />
      </Rect>
    </>,
  );
});
