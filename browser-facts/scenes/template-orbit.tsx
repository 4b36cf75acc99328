import {Circle, Line, Node, makeScene2D} from '@revideo/2d';
import {all, createRef, linear, range, makeProject} from '@revideo/core';

export const frames = [0, 8, 17];

const scene = makeScene2D('template-orbit', function* (view) {
  const system = createRef<Node>();
  const planets = range(3).map(i => ({size: 12 + i * 5, orbit: 60 + i * 50, color: ['#ffb703', '#fb8500', '#219ebc'][i]}));
  view.fill('#023047');
  view.add(
    <Node ref={system} scale={[1, 0.5]}>
      {planets.map(({orbit}) => <Circle size={orbit * 2} stroke={'#8ecae655'} lineWidth={1} lineDash={[6, 6]} />)}
      {planets.map(({size, orbit, color}, i) => (
        <Node rotation={i * 120}>
          <Circle x={orbit} size={size} fill={color} shadowColor={color} shadowBlur={10} />
        </Node>
      ))}
      <Circle size={30} fill={'white'} />
    </Node>,
  );
  const turning = system().children().filter(child => child.children().length > 0);
  yield* all(...turning.map((node, i) => node.rotation(node.rotation() + 180 / (i + 1), 0.6, linear)));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
