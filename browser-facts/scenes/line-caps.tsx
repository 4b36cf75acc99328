import {Line} from '@revideo/2d';
import {still} from './shared/still';

export default still('line-caps', view => {
  view.add(
    <>
      {(['butt', 'round', 'square'] as const).map((cap, i) => <Line points={[[-130, i * 40 - 40], [-40, i * 40 - 40]]} stroke={'#333'} lineWidth={18} lineCap={cap} />)}
      {(['miter', 'round', 'bevel'] as const).map((join, i) => <Line points={[[0, i * 45 - 30], [40, i * 45 - 60], [80, i * 45 - 30]]} stroke={'teal'} lineWidth={12} lineJoin={join} />)}
      <Line points={[[110, -60], [110, 60]]} stroke={'tomato'} lineWidth={6} lineDash={[14, 8]} lineDashOffset={4} lineCap={'round'} />
    </>,
  );
});
