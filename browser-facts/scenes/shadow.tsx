import {Circle, Rect, Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('shadow', view => {
  view.fill('white');
  view.add(
    <>
      <Rect x={-100} y={-30} width={70} height={60} radius={8} fill={'#ffcc00'} shadowColor={'black'} shadowBlur={20} />
      <Circle y={-30} size={60} fill={'tomato'} shadowColor={'rgba(0, 0, 255, 0.7)'} shadowOffset={[12, 8]} />
      <Rect x={95} y={-30} size={50} fill={'teal'} rotation={30} shadowColor={'#000a'} shadowBlur={10} shadowOffsetY={15} />
      <Txt y={55} fontSize={40} fill={'white'} text={'shadowed'} shadowColor={'black'} shadowBlur={8} shadowOffset={3} />
    </>,
  );
});
