/** @jsxImportSource @revideo/2d/lib */
import {Circle, Img, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, easeInCubic, easeOutCubic, makeProject, sequence, useScene, waitFor} from '@revideo/core';

// A name and a role slide in over a photograph, rest, and leave.
const people = [
  ['Ada Lovelace', 'Mathematician'],
  ['Grace Hopper', 'Rear admiral'],
  ['Alan Turing', 'Computer scientist'],
  ['Hedy Lamarr', 'Inventor'],
];

const scene = makeScene2D('lower-third', function* (view) {
  const cycles = useScene().variables.get('cycles', 1)();
  view.add(<Img src={'/photo-1.jpg'} size={['100%', '100%']} />);
  for (let cycle = 0; cycle < cycles; cycle++) {
    const [name, role] = people[cycle % people.length];
    const bar = createRef<Rect>();
    const plate = createRef<Rect>();
    const second = createRef<Txt>();
    const dot = createRef<Circle>();
    view.add(
      <>
        <Rect ref={plate} x={-480} y={340} width={0} height={170} fill={'#10182fcc'} radius={14} clip>
          <Txt x={-20} y={-28} fontFamily={'Liberation Sans'} fontWeight={700} fontSize={64} fill={'white'} text={name} />
          <Txt ref={second} x={-20} y={42} fontFamily={'Liberation Sans'} fontSize={38} fill={'#ffd166'} opacity={0} text={`${role}, guest ${cycle + 1}`} />
        </Rect>
        <Rect ref={bar} x={-840} y={340} width={12} height={0} fill={'#ef476f'} />
        <Circle ref={dot} x={-800} y={230} size={0} fill={'#06d6a0'} />
      </>,
    );
    yield* sequence(0.2, bar().height(170, 0.4, easeOutCubic), plate().width(700, 0.6, easeOutCubic), dot().size(40, 0.3));
    yield* second().opacity(1, 0.3);
    yield* waitFor(2);
    yield* all(plate().width(0, 0.4, easeInCubic), bar().height(0, 0.4), dot().size(0, 0.3), second().opacity(0, 0.2));
    for (const node of [bar(), plate(), dot()]) node.remove();
    yield* waitFor(0.1);
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1920, y: 1080}}}});
