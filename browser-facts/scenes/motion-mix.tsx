import {Circle, Layout, makeScene2D, Node, Rect, Txt} from '@revideo/2d';
import {all, createRef, createSignal, easeInOutSine, linear, makeProject, Random, tween, waitFor} from '@revideo/core';

export const frames = [0, 6, 12, 18, 24];

const scene = makeScene2D('motion-mix', function* (view) {
  const random = new Random(7);
  const group = createRef<Node>();
  const box = createRef<Rect>();
  const label = createRef<Txt>();
  const turn = createSignal(0);
  view.fill('#1b1b3a');
  view.add(
    <>
      <Node ref={group} rotation={turn}>
        {Array.from({length: 8}, () => (
          <Circle size={random.nextInt(10, 30)} x={random.nextInt(-120, 120)} y={random.nextInt(-60, 60)} fill={'#f4d35e'} opacity={random.nextFloat(0.3, 1)} />
        ))}
      </Node>
      <Rect ref={box} layout padding={10} fill={'white'} radius={10} shadowColor={'#000000aa'} shadowBlur={15} y={20}>
        <Txt ref={label} fontSize={20} fill={'black'} text={'0 %'} />
      </Rect>
    </>,
  );
  yield turn(90, 0.8, linear);
  yield* all(
    tween(0.5, t => label().text(`${Math.round(t * 100)} %`)),
    box().filters.blur(4, 0.25).to(0, 0.25),
    box().y(-20, 0.5, easeInOutSine),
  );
  yield* all(box().shadowOffset([6, 6], 0.3), group().scale([1, 0.5], 0.3), view.fill('#5b1b3a', 0.3));
  yield* waitFor(0.1);
  view.add(<Layout />);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
