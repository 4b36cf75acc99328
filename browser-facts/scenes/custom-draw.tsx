import {Layout, makeScene2D, Node, Rect, computed, initial, signal, type NodeProps} from '@revideo/2d';
import {BBox, linear, makeProject, type SignalValue, type SimpleSignal} from '@revideo/core';

export const frames = [0, 9];

interface StarProps extends NodeProps {
  points?: SignalValue<number>;
}

class Star extends Node {
  @initial(5)
  @signal()
  public declare readonly points: SimpleSignal<number, this>;

  public constructor(props: StarProps) {
    super(props);
  }

  @computed()
  protected outline(): [number, number][] {
    const corners = Math.round(this.points()) * 2;
    return Array.from({length: corners}, (_, i) => {
      const angle = (i / corners) * Math.PI * 2 - Math.PI / 2;
      const radius = i % 2 ? 20 : 50;
      return [Math.cos(angle) * radius, Math.sin(angle) * radius];
    });
  }

  protected override getCacheBBox(): BBox {
    return new BBox(-60, -60, 120, 120);
  }

  protected override async draw(context: CanvasRenderingContext2D) {
    context.beginPath();
    this.outline().forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
    context.fillStyle = 'gold';
    context.fill();
    context.lineWidth = 4;
    context.strokeStyle = '#1d3557';
    context.lineJoin = 'round';
    context.stroke();
    await super.draw(context);
  }
}

const scene = makeScene2D('custom-draw', function* (view) {
  const star = (
    <Star x={-70}>
      <Rect size={12} fill={'crimson'} />
    </Star>
  ) as Star;
  view.add(star);
  view.add(<Star x={70} points={7} opacity={0.5} rotation={10} />);
  view.add(<Layout />);
  yield* star.points(9, 0.4, linear);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
