import {Node, NodeProps, Txt, initial, makeScene2D, signal} from '@revideo/2d';
import {Random, SimpleSignal, createRef, linear, makeProject, range, useScene} from '@revideo/core';

interface SparksProps extends NodeProps {
  time?: number;
  count?: number;
}

// A node of one's own: it draws on a canvas, and only when its `time` has changed.
class Sparks extends Node {
  @initial(0)
  @signal()
  declare public readonly time: SimpleSignal<number, this>;

  private readonly sparks;

  public constructor({count = 400, ...props}: SparksProps) {
    super(props);
    const random = new Random(7);
    this.sparks = range(count).map(() => ({
      angle: random.nextFloat(0, Math.PI * 2),
      speed: random.nextFloat(120, 620),
      size: random.nextFloat(3, 11),
      hue: random.nextInt(20, 60),
    }));
  }

  protected override draw(context: CanvasRenderingContext2D) {
    const time = this.time();
    for (const {angle, speed, size, hue} of this.sparks) {
      const way = speed * (1 - Math.exp(-1.4 * time));
      context.globalAlpha = Math.max(0, 1 - time / 3);
      context.fillStyle = `hsl(${hue} 100% 60%)`;
      context.beginPath();
      context.arc(Math.cos(angle) * way, Math.sin(angle) * way + 60 * time * time, size, 0, Math.PI * 2);
      context.fill();
    }
    this.drawChildren(context);
  }
}

const scene = makeScene2D('particles', function* (view) {
  const sparks = createRef<Sparks>();
  view.fill('#03071e');
  view.add(
    <>
      <Sparks ref={sparks} />
      <Txt text={useScene().variables.get('text', 'Happy new year')()} fontSize={130} fontWeight={700} fill={'white'} />
    </>,
  );
  yield* sparks().time(3, 3, linear);
});

export default makeProject({scenes: [scene]});
