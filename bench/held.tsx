// In the style of templates for short adverts: 1920x1080, 30 fps, 21 s; things come in, stand to
// be read (seven frames of ten), and go. Nothing in it is a video.
import {Circle, Gradient, Layout, Rect, Txt, makeScene2D} from '@revideo/2d';
import {all, chain, createRef, createRefArray, easeInCubic, easeOutBack, easeOutCubic, makeProject, sequence, waitFor} from '@revideo/core';

const CARDS = [
  ['Plan', 'Every task in one place,\nand none of them lost', '#f2545b'],
  ['Share', 'Send a link instead\nof another attachment', '#19b5a5'],
  ['Measure', 'See what works while\nit still matters', '#f2a541'],
] as const;

const ground = (from: string, to: string) =>
  new Gradient({type: 'linear', from: [-960, -540], to: [960, 540], stops: [{offset: 0, color: from}, {offset: 1, color: to}]});

const scene = makeScene2D('scene', function* (view) {
  view.add(<Rect width={'100%'} height={'100%'} fill={ground('#1b2440', '#3a2f6b')} />);

  const title = createRef<Txt>(), line = createRef<Rect>(), subtitle = createRef<Txt>();
  view.add(<Txt ref={title} y={-60} fontFamily={'Roboto'} fontWeight={700} fontSize={150} fill={'white'} text={'Northwind'} opacity={0} scale={0.8} />);
  view.add(<Rect ref={line} y={50} width={0} height={8} radius={4} fill={'#f2545b'} />);
  view.add(<Txt ref={subtitle} y={120} fontFamily={'Roboto'} fontSize={54} fill={'#ffffffc0'} text={'The quiet way to work together'} opacity={0} />);
  yield* all(title().opacity(1, 0.4), title().scale(1, 0.6, easeOutBack), line().width(700, 0.6, easeOutCubic), subtitle().opacity(1, 0.6));
  yield* waitFor(2.4);
  yield* all(title().opacity(0, 0.3), line().width(0, 0.3, easeInCubic), subtitle().opacity(0, 0.3));

  for (const [name, text, color] of CARDS) {
    const card = createRef<Rect>(), rows = createRefArray<Layout>();
    view.add(
      <Rect ref={card} layout direction={'column'} width={1100} padding={60} gap={30} radius={32} y={900} fill={'#ffffff'}
        shadowColor={'#00000066'} shadowBlur={40} shadowOffset={[0, 16]}>
        <Layout gap={30} alignItems={'center'}>
          <Circle size={110} fill={color} />
          <Txt fontFamily={'Roboto'} fontWeight={700} fontSize={96} fill={'#1b2440'} text={name} />
        </Layout>
        <Txt fontFamily={'Roboto'} fontSize={56} fill={'#4a5270'} text={text} />
        {[0.9, 0.6, 0.75].map(share => (
          <Layout ref={rows} opacity={0}>
            <Rect width={980 * share} height={26} radius={13} fill={color} opacity={0.35} />
          </Layout>
        ))}
      </Rect>,
    );
    yield* card().y(0, 0.6, easeOutCubic);
    yield* sequence(0.1, ...rows.map(row => row.opacity(1, 0.3)));
    yield* waitFor(3.4);
    yield* all(card().y(-900, 0.4, easeInCubic), card().rotation(-4, 0.4));
    card().remove();
  }

  const button = createRef<Rect>();
  view.add(
    <Rect ref={button} layout padding={[30, 70]} radius={80} fill={'#19b5a5'} scale={0}>
      <Txt fontFamily={'Roboto'} fontWeight={700} fontSize={72} fill={'white'} text={'Try it today'} />
    </Rect>,
  );
  yield* chain(button().scale(1, 0.5, easeOutBack), waitFor(0.8), button().scale(1.08, 0.2).to(1, 0.2), waitFor(1.5));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 1920, y: 1080}}, rendering: {exporter: {name: '@revideo/core/wasm'}, fps: 30}}});
