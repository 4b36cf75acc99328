import {Code, Layout, Rect, CODE, insert, remove, replace} from '@revideo/2d';
import {still} from './shared/still';

export default still('code-rows', view => {
  view.fill('white');
  view.fontFamily('Roboto');
  view.add(
    <>
      <Code x={-100} y={-60} fontFamily={'Roboto'} fontSize={16} fill={'black'} code={'\tone\n\n  two\n'} />
      <Code x={0} y={-60} fontFamily={'Roboto'} fontSize={16} fill={'black'} code={''} />
      <Code x={80} y={-60} fontFamily={'Roboto'} fontSize={16} fill={'black'} lineHeight={30} letterSpacing={3} code={'wide\nWWW iii'} />
      <Rect layout padding={6} gap={8} y={30} alignItems={'end'} fill={'#eeeeee'} fontSize={18} fontWeight={700} lineHeight={'150%'}>
        <Code fontFamily={'Roboto'} fill={'black'} code={CODE`a${insert('b')}${remove('c')}${replace('d', 'e')}`} />
        <Code fontFamily={'Roboto'} fill={'#a00000'} code={'in\na row'} />
        <Layout width={20} height={50} />
      </Rect>
    </>,
  );
});
