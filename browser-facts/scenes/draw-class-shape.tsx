import {Rect, Shape, type ShapeProps} from '@revideo/2d';
import {still} from './shared/still';

/** A star, by its outline alone. */
class Star extends Shape {
  public constructor(props: ShapeProps) {
    super(props);
  }

  protected override getPath(): Path2D {
    const path = new Path2D();
    const {x, y} = this.computedSize();
    for (let index = 0; index < 10; index++) {
      const angle = (index * Math.PI) / 5 - Math.PI / 2;
      const radius = index % 2 ? 0.22 : 0.5;
      path.lineTo(Math.cos(angle) * radius * x, Math.sin(angle) * radius * y);
    }
    path.closePath();
    return path;
  }

  protected override async drawShape(context: CanvasRenderingContext2D) {
    const path = this.getPath();
    context.save();
    this.applyStyle(context);
    context.fill(path);
    context.stroke(path);
    context.restore();
  }
}

export default still('draw-class-shape', view => {
  view.add(
    <>
      <Star x={-90} size={110} fill={'gold'} stroke={'black'} lineWidth={3} />
      <Star x={30} size={80} fill={'tomato'} rotation={20} clip>
        <Rect size={[100, 20]} fill={'navy'} />
      </Star>
      <Star x={120} size={50} stroke={'teal'} lineWidth={6} lineJoin={'round'} opacity={0.5} />
    </>,
  );
});
