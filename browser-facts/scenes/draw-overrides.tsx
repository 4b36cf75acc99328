import {Circle, Img, Layout, Node, Rect, Txt, makeScene2D} from '@revideo/2d';
import {BBox, Vector2, makeProject} from '@revideo/core';

export const frames = [0, 6];

/** A shape with an outline of its own. */
class Heart extends Rect {
  protected override getPath(): Path2D {
    const {x, y} = this.computedSize();
    const path = new Path2D();
    path.moveTo(0, y / 2);
    path.bezierCurveTo(-x, -y / 6, -x / 4, -y, 0, -y / 6);
    path.bezierCurveTo(x / 4, -y, x, -y / 6, 0, y / 2);
    path.closePath();
    return path;
  }
}

/** A shape that puts something below itself. */
class Plate extends Rect {
  protected override drawShape(context: CanvasRenderingContext2D) {
    context.save();
    context.fillStyle = '#bbb';
    context.fillRect(-this.width() / 2 + 5, -this.height() / 2 + 5, this.width(), this.height());
    context.restore();
    super.drawShape(context);
  }
}

/** Draws its children three times. */
class Repeater extends Node {
  protected override async drawChildren(context: CanvasRenderingContext2D) {
    for (let index = 0; index < 3; index++) {
      context.save();
      context.translate(index * 24 - 24, 0);
      context.scale(1 - index * 0.25, 1 - index * 0.25);
      await super.drawChildren(context);
      context.restore();
    }
  }
}

/** Draws over its children. */
class Crossed extends Layout {
  public angle = 0;

  protected override getCacheBBox(): BBox {
    return BBox.fromSizeCentered(new Vector2(80, 80));
  }

  protected override async draw(context: CanvasRenderingContext2D) {
    await super.draw(context);
    context.rotate(this.angle);
    context.strokeStyle = 'red';
    context.lineWidth = 4;
    context.beginPath();
    context.moveTo(-30, -20);
    context.lineTo(30, 20);
    context.stroke();
  }
}

/** Has its children drawn faintly, in a circle. */
class Faint extends Node {
  protected override async draw(context: CanvasRenderingContext2D) {
    context.beginPath();
    context.arc(0, 0, 30, 0, Math.PI * 2);
    context.clip();
    context.globalAlpha = 0.4;
    await super.draw(context);
  }
}

/** Is drawn twice as a whole. */
class Twice extends Rect {
  public override async render(context: CanvasRenderingContext2D) {
    await super.render(context);
    context.save();
    context.translate(30, 18);
    await super.render(context);
    context.restore();
  }
}

const scene = makeScene2D('draw-overrides', function* (view) {
  const crossed = (
    <Crossed x={0} y={44} opacity={0.8}>
      <Rect size={40} fill={'skyblue'} />
    </Crossed>
  ) as Crossed;
  view.add(
    <Node>
      <Heart x={-104} y={-44} size={[50, 60]} fill={'crimson'} stroke={'black'} lineWidth={4} clip>
        <Rect size={20} x={14} y={-20} fill={'white'} />
      </Heart>
      <Plate x={0} y={-44} size={[70, 40]} fill={'white'} stroke={'navy'} lineWidth={3}>
        <Txt text={'plate'} fontSize={18} />
      </Plate>
      <Repeater x={104} y={-44}>
        <Circle size={26} fill={'seagreen'} />
        <Rect size={8} rotation={45} fill={'gold'} zIndex={1} />
      </Repeater>
      <Faint x={-104} y={44}>
        <Rect x={-10} y={-10} size={40} fill={'purple'} />
        <Rect x={10} y={10} size={40} fill={'orange'} />
        <Img src={'/picture.png'} x={20} y={-20} width={30} />
      </Faint>
      {crossed}
      <Twice x={94} y={34} size={26} rotation={20} fill={'teal'} opacity={0.7} />
    </Node>,
  );
  for (let frame = 0; frame < 8; frame++) {
    crossed.angle += 0.2;
    yield;
  }
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
