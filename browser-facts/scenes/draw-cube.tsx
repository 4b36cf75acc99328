import {Node, makeScene2D, initial, signal, vector2Signal, type NodeProps} from '@revideo/2d';
import {all, easeInOutCubic, linear, makeProject, type SignalValue, type SimpleSignal} from '@revideo/core';

export const frames = [0, 12, 24];

interface CubeProps extends NodeProps {
  turn?: SignalValue<number>;
  tilt?: SignalValue<number>;
  edge?: SignalValue<number>;
}

type Point = [number, number, number];

/** A cube seen from afar that draws itself, face by face, the farthest first. */
class Cube extends Node {
  @initial(0)
  @signal()
  public declare readonly turn: SimpleSignal<number, this>;
  @initial(0.5)
  @signal()
  public declare readonly tilt: SimpleSignal<number, this>;
  @initial(40)
  @signal()
  public declare readonly edge: SimpleSignal<number, this>;

  public constructor(props: CubeProps) {
    super({...props});
  }

  private project([x, y, z]: Point): Point {
    const [cos, sin] = [Math.cos(this.turn()), Math.sin(this.turn())];
    [x, z] = [x * cos - z * sin, x * sin + z * cos];
    const [c, s] = [Math.cos(this.tilt()), Math.sin(this.tilt())];
    [y, z] = [y * c - z * s, y * s + z * c];
    const depth = 220 / (220 + z);
    return [x * depth, y * depth, z];
  }

  protected override async draw(context: CanvasRenderingContext2D) {
    const e = this.edge();
    const corners: Point[] = [];
    for (let index = 0; index < 8; index++) {
      corners.push(this.project([index & 1 ? e : -e, index & 2 ? e : -e, index & 4 ? e : -e]));
    }
    const faces = [
      [0, 1, 3, 2], [4, 5, 7, 6], [0, 1, 5, 4], [2, 3, 7, 6], [0, 2, 6, 4], [1, 3, 7, 5],
    ];
    const middle = (face: number[]) => face.reduce((sum, corner) => sum + corners[corner][2], 0);
    const colors = ['#e63946', '#f1faee', '#a8dadc', '#457b9d', '#1d3557', '#ffb703'];
    const order = faces.map((face, index) => ({face, color: colors[index]}));
    order.sort((a, b) => middle(b.face) - middle(a.face));
    context.lineJoin = 'round';
    for (const {face, color} of order) {
      context.beginPath();
      for (const corner of face) context.lineTo(corners[corner][0], corners[corner][1]);
      context.closePath();
      context.fillStyle = color;
      context.fill();
      context.lineWidth = 2;
      context.strokeStyle = '#222';
      context.stroke();
    }
  }
}

const scene = makeScene2D('draw-cube', function* (view) {
  const cube = (<Cube x={-20} turn={0.3} />) as Cube;
  view.add(cube);
  yield* all(cube.turn(2, 0.8, linear), cube.tilt(-0.6, 0.8, easeInOutCubic), cube.position.x(30, 0.8));
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 320, y: 180}}}});
