import {Node, Rect} from '@revideo/2d';
import {still} from './shared/still';

/** Draws below and above its children. */
class Framed extends Node {
  protected override async draw(context: CanvasRenderingContext2D) {
    context.fillStyle = '#eee';
    context.fillRect(-90, -70, 180, 140);
    context.save();
    context.beginPath();
    context.rect(-60, -50, 120, 100);
    context.clip();
    await super.draw(context);
    context.restore();
    context.strokeStyle = 'black';
    context.lineWidth = 4;
    context.strokeRect(-60, -50, 120, 100);
  }
}

export default still('draw-layers', view => {
  view.add(
    <Framed>
      <Rect x={-30} size={70} fill={'teal'} />
      <Rect x={30} y={20} size={70} fill={'gold'} zIndex={-1} />
    </Framed>,
  );
});
