import {Node, Rect} from '@revideo/2d';
import {still} from './shared/still';

/** Shows its children in coarse pixels: they are drawn on a canvas, which is read. */
class Coarse extends Node {
  protected override async draw(context: CanvasRenderingContext2D) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 120;
    const own = canvas.getContext('2d')!;
    own.translate(60, 60);
    await super.draw(own);
    const {data} = own.getImageData(0, 0, 120, 120);
    for (let y = 0; y < 120; y += 10) {
      for (let x = 0; x < 120; x += 10) {
        const [r, g, b, a] = data.slice(((y + 5) * 120 + x + 5) * 4);
        context.fillStyle = `rgba(${r}, ${g}, ${b}, ${a / 255})`;
        context.fillRect(x - 60, y - 60, 9, 9);
      }
    }
  }
}

export default still('draw-coarse', view => {
  view.add(
    <>
      <Coarse x={-70}>
        <Rect size={90} fill={'tomato'} rotation={20} />
        <Rect size={40} fill={'gold'} radius={20} opacity={0.6} shadowColor={'black'} shadowOffset={[20, 20]} />
      </Coarse>
      <Coarse x={70} scale={0.8}>
        <Rect size={[100, 30]} fill={'royalblue'} rotation={-30} />
      </Coarse>
    </>,
  );
});
