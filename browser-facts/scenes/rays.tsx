import {Ray, Line} from '@revideo/2d';
import {still} from './shared/still';

export default still('rays', view => {
  view.add(
    <>
      {[0, 1, 2, 3, 4, 5].map(i => (
        <Ray
          fromX={-20}
          fromY={0}
          to={[Math.cos(i) * 80, Math.sin(i) * 70]}
          stroke={'#345'}
          lineWidth={2 + i}
          endArrow={i % 2 === 0}
          startOffset={i * 4}
          endOffset={10}
          arrowSize={10}
          lineCap={'round'}
        />
      ))}
      <Line points={[[-140, 70], [-100, 30], [-60, 70]]} stroke={'tomato'} lineWidth={5} radius={20} />
    </>,
  );
});
