import {Layout, type LayoutProps} from '@revideo/2d';
import {still} from './shared/still';

/** Bars as high as samples are loud, drawn with their reflection. */
class Waveform extends Layout {
  private readonly color: string;

  public constructor({color, ...props}: LayoutProps & {color: string}) {
    super(props);
    this.color = color;
  }

  protected override async draw(context: CanvasRenderingContext2D) {
    const {x, y} = this.computedSize();
    context.fillStyle = this.color;
    for (let at = 0; at < 40; at++) {
      const loud = Math.abs(Math.sin(at * 0.7) * Math.cos(at * 0.23)) * y;
      context.beginPath();
      context.roundRect(-x / 2 + (at * x) / 40, -loud / 2, x / 40 - 2, loud, 2);
      context.fill();
    }
    await super.draw(context);
  }
}

export default still('draw-waveform', view => {
  view.fill('#101820');
  view.add(
    <>
      <Waveform y={-40} size={[260, 60]} color={'#06d6a0'} />
      <Waveform y={40} size={[260, 50]} color={'#ffd166'} rotation={3} opacity={0.8} />
    </>,
  );
});
