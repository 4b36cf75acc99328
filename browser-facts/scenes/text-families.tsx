import {Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-families', view => {
  const families = ['Liberation Sans', 'Liberation Serif', 'Liberation Mono', 'DejaVu Sans', 'DejaVu Sans Mono'];
  families.forEach((family, index) => {
    const y = -75 + 34 * index;
    view.add(<Txt x={-70} y={y} fontFamily={family} fontSize={20} fill={'black'} text={'Hamburg 0123'} />);
    view.add(<Txt x={80} y={y} fontFamily={family} fontSize={20} fontWeight={700} fill={'black'} text={'fifty fjords'} />);
  });
});
