import {SVG, type Node, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, makeProject} from '@revideo/core';

export const frames = [0, 6, 11];

const scene = makeScene2D('svg-parts', function* (view) {
  const icon = createRef<SVG>();
  view.add(<SVG ref={icon} width={150} svg={'<svg viewBox="0 0 60 60"><rect id="a" x="5" y="5" width="20" height="20" fill="tomato"/><rect id="b" x="35" y="5" width="20" height="20" fill="teal"/><circle id="c" cx="30" cy="42" r="12" fill="gold"/></svg>'} />);
  icon().children()[0].children();
  const [a] = icon().getChildrenById('a');
  const [c] = icon().getChildrenById('c');
  yield* all(a.rotation(90, 0.4, linear), a.position.y(20, 0.4), c.scale(0.4, 0.4, linear), icon().rotation(10, 0.4));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
