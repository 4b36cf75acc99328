import {Node} from '@revideo/2d';
import {still} from './shared/still';

/** A picture made pixel by pixel. */
class Plasma extends Node {
  protected override async draw(context: CanvasRenderingContext2D) {
    const image = new ImageData(80, 45);
    for (let y = 0; y < 45; y++) {
      for (let x = 0; x < 80; x++) {
        const value = Math.sin(x / 8) + Math.sin(y / 5) + Math.sin((x + y) / 9);
        image.data.set([128 + value * 40, 128 - value * 30, 200 + value * 18, 255], (y * 80 + x) * 4);
      }
    }
    const canvas = document.createElement('canvas');
    canvas.width = 80;
    canvas.height = 45;
    canvas.getContext('2d')!.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(canvas, -160, -90, 320, 180);
    await super.draw(context);
  }
}

export default still('draw-pixel-loop', view => {
  view.add(<Plasma />);
});
