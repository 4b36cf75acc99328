import {Layout, Node, type LayoutProps, type View2D} from '@revideo/2d';
import {still} from './still';

/** A node that is drawn by a function, in boxes of 100 by 80 pixels around their middles. */
export class Drawn extends Layout {
  private readonly paint: (context: CanvasRenderingContext2D) => void;

  public constructor(props: LayoutProps & {paint: (context: CanvasRenderingContext2D) => void}) {
    super(props);
    this.paint = props.paint;
  }

  protected override async draw(context: CanvasRenderingContext2D) {
    this.paint(context);
    await super.draw(context);
  }
}

/** A scene of up to six drawings, three in a row; whatever each leaves of a context's state, the next does not see. */
export function drawings(name: string, ...paints: ((context: CanvasRenderingContext2D) => void)[]) {
  return still(name, (view: View2D) => {
    view.add(
      <Node>
        {paints.map((paint, index) => (
          <Drawn x={((index % 3) - 1) * 104} y={index < 3 ? -44 : 44} paint={paint} />
        ))}
      </Node>,
    );
  });
}
