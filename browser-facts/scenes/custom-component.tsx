import {initial, Layout, makeScene2D, Rect, signal, Txt, type LayoutProps} from '@revideo/2d';
import {createRef, createSignal, linear, makeProject, type SignalValue, type SimpleSignal} from '@revideo/core';

export const frames = [0, 8, 15];

interface MeterProps extends LayoutProps {
  level?: SignalValue<number>;
  caption?: SignalValue<string>;
}

class Meter extends Layout {
  @initial(0)
  @signal()
  public declare readonly level: SimpleSignal<number, this>;
  @initial('meter')
  @signal()
  public declare readonly caption: SimpleSignal<string, this>;

  public constructor(props: MeterProps) {
    super({layout: true, direction: 'column', gap: 6, ...props});
    const caption = createRef<Txt>();
    this.add(
      <>
        <Txt ref={caption} fontSize={20} fill={'black'} text={''} />
        <Rect width={200} height={24} fill={'#dddddd'} radius={6} padding={4}>
          <Rect width={() => this.level() * 192} fill={'#2a9d8f'} radius={4} />
        </Rect>
      </>,
    );
    caption().text(() => `${this.caption()} ${Math.round(this.level() * 100)}%`);
  }
}

const scene = makeScene2D('custom-component', function* (view) {
  const shared = createSignal(0.25);
  const meter = <Meter level={shared} y={-40} />;
  view.add(meter);
  view.add(<Meter level={() => 1 - shared()} caption={'rest'} y={40} />);
  yield* shared(0.75, 0.5, linear);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
