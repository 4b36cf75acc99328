import {Layout, Node, Rect, makeScene2D, type LayoutProps} from '@revideo/2d';
import {makeProject} from '@revideo/core';

class Pair extends Layout {
  private readonly operation: string;

  public constructor(props: LayoutProps & {operation: string}) {
    super(props);
    this.operation = props.operation;
  }

  protected override async draw(context: CanvasRenderingContext2D) {
    context.fillStyle = '#1d3557';
    context.fillRect(-16, -16, 22, 22);
    context.globalCompositeOperation = this.operation as GlobalCompositeOperation;
    context.fillStyle = '#e63946c0';
    context.beginPath();
    context.arc(4, 4, 12, 0, Math.PI * 2);
    context.fill();
  }
}

const operations = [
  'source-over', 'source-in', 'source-out', 'source-atop', 'destination-over', 'destination-in', 'destination-out',
  'destination-atop', 'lighter', 'copy', 'xor', 'multiply', 'screen', 'overlay', 'darken', 'lighten', 'color-dodge',
  'color-burn', 'hard-light', 'soft-light', 'difference', 'exclusion', 'hue', 'luminosity',
];

const scene = makeScene2D('draw-blends', function* (view) {
  view.add(
    <Node>
      {operations.map((operation, index) => (
        <Node x={-140 + (index % 8) * 40} y={-50 + Math.floor(index / 8) * 50}>
          <Rect size={38} cache clip>
            <Pair operation={operation} />
          </Rect>
        </Node>
      ))}
    </Node>,
  );
  yield;
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
