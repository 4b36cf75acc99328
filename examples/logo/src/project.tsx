import {Circle, Path, Txt, makeScene2D} from '@revideo/2d';
import {all, chain, createRef, easeInOutCubic, easeOutBack, makeProject, useScene, waitFor} from '@revideo/core';

// A sign that is drawn as by a pen, filled, and named.
const MARK = 'M 0 -170 L 147 -85 L 147 85 L 0 170 L -147 85 L -147 -85 Z M -60 -75 L 95 0 L -60 75 Z';

const scene = makeScene2D('logo', function* (view) {
  const {variables} = useScene();
  const color = variables.get('color', '#7209b7')();
  const mark = createRef<Path>();
  const name = createRef<Txt>();
  const wave = createRef<Circle>();

  view.fill('white');
  view.add(
    <>
      <Circle ref={wave} size={0} fill={`${color}14`} y={-90} />
      <Path ref={mark} data={variables.get('mark', MARK)()} stroke={color} lineWidth={20} lineJoin={'round'} lineCap={'round'} fill={`${color}00`} end={0} y={-90} />
      <Txt ref={name} text={variables.get('name', 'kinora')()} fontSize={150} fontWeight={700} fill={'#240046'} y={230} opacity={0} letterSpacing={40} />
    </>,
  );

  yield* mark().end(1, 1.4, easeInOutCubic);
  yield* all(
    mark().fill(`${color}33`, 0.5),
    chain(mark().scale(1.12, 0.15), mark().scale(1, 0.35, easeOutBack)),
    wave().size(2400, 0.9, easeInOutCubic),
    name().opacity(1, 0.7),
    name().letterSpacing(0, 0.9, easeInOutCubic),
  );
  yield* waitFor(1.5);
});

export default makeProject({scenes: [scene]});
