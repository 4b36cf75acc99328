// Graphics to lay over a film: 1280x720, 30 fps, 4 s. Something moves in every frame, and one
// sees through shadows, edges and what fades.
import {Circle, Gradient, Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, createRef, createRefArray, easeInCubic, easeOutCubic, linear, loop, makeProject, sequence, spawn} from '@revideo/core';

const scene = makeScene2D('scene', function* (view) {
  const ring = createRef<Circle>(), bar = createRef<Rect>(), dots = createRefArray<Circle>();
  const fill = new Gradient({type: 'linear', from: [-400, 0], to: [400, 0], stops: [{offset: 0, color: '#f2545b'}, {offset: 1, color: '#3a2f6b'}]});
  view.add(<Circle ref={ring} x={500} y={-230} size={150} stroke={'#f2a541'} lineWidth={18} startAngle={0} endAngle={260} opacity={0.8} />);
  view.add(
    <Rect ref={bar} layout direction={'column'} x={-1100} y={220} width={820} padding={32} gap={8} radius={20} fill={fill}
      shadowColor={'#000000a0'} shadowBlur={30} shadowOffset={[0, 10]}>
      <Txt fontFamily={'Roboto'} fontWeight={700} fontSize={60} fill={'white'} text={'Ada Lovelace'} />
      <Txt fontFamily={'Roboto'} fontSize={34} fill={'#ffffffc0'} text={'The first to write a program'} />
    </Rect>,
  );
  view.add(
    <Layout y={-40}>
      {[0, 1, 2, 3, 4].map(index => <Circle ref={dots} x={-300 + 150 * index} size={70} fill={['#19b5a5', '#f2a541', '#f2545b', '#4a90d9', '#ffffff'][index]} opacity={0} />)}
    </Layout>,
  );
  spawn(loop(4, () => ring().rotation(ring().rotation() + 180, 1, linear)));
  yield* all(bar().x(-180, 0.8, easeOutCubic), sequence(0.15, ...dots.map(dot => dot.opacity(0.7, 0.5))));
  yield* sequence(0.2, ...dots.map(dot => dot.y(-120, 0.5).to(0, 0.5)));
  yield* all(bar().x(1200, 0.8, easeInCubic), ...dots.map(dot => dot.scale(0, 0.8)));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1280, y: 720}}, rendering: {fps: 30}}});
