import {Rect} from '@revideo/2d';
import * as core from '@revideo/core';
import {still} from './shared/still';

const names = [
  'linear', 'easeInSine', 'easeOutQuad', 'easeInOutCubic', 'easeInQuart', 'easeOutQuint', 'easeInOutExpo', 'easeInCirc',
  'easeOutBack', 'easeInOutElastic', 'easeOutBounce', 'easeInBounce',
] as const;

export default still('easing', view => {
  view.add(
    names.map((name, row) =>
      core.range(12).map(i => (
        <Rect
          x={-140 + (row % 4) * 80 + i * 5}
          y={-60 + Math.floor(row / 4) * 60 + 20 - core[name](i / 11) * 40}
          size={4}
          fill={row % 2 ? 'navy' : 'crimson'}
        />
      )),
    ).flat(),
  );
});
