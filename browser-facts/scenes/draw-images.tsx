import {Img, Node} from '@revideo/2d';
import {Drawn} from './shared/drawn';
import {still} from './shared/still';

/** Draws its picture as it likes. */
class Tiles extends Img {
  protected override async draw(context: CanvasRenderingContext2D) {
    const image = (await this.image()) as HTMLImageElement;
    const {width, height} = image;
    context.drawImage(image, -48, -38);
    context.drawImage(image, 4, -38, 40, 34);
    context.drawImage(image, width / 4, height / 4, width / 2, height / 2, 4, 4, 40, 30);
    context.globalAlpha = 0.5;
    context.drawImage(image, 0, 0, width / 2, height, -48, 12, 20, 26);
    context.globalAlpha = 1;
    context.imageSmoothingEnabled = false;
    context.drawImage(image, 0, 0, 8, 8, -20, 12, 22, 22);
  }
}

export default still('draw-images', view => {
  const canvas = document.createElement('canvas');
  canvas.width = 60;
  canvas.height = 40;
  const inner = canvas.getContext('2d')!;
  inner.fillStyle = 'teal';
  inner.fillRect(0, 0, 60, 40);
  inner.fillStyle = 'white';
  inner.beginPath();
  inner.arc(30, 20, 14, 0, Math.PI * 2);
  inner.fill();
  const erased = new OffscreenCanvas(40, 40);
  const eraser = erased.getContext('2d')!;
  eraser.fillStyle = 'purple';
  eraser.fillRect(0, 0, 60, 60);
  eraser.globalCompositeOperation = 'destination-out';
  eraser.beginPath();
  eraser.arc(20, 20, 14, 0, Math.PI * 2);
  eraser.fill();
  view.add(
    <Node>
      <Tiles x={-104} y={-44} src={'/picture.png'} />
      <Drawn x={0} y={-44} paint={ctx => ctx.drawImage(canvas, -30, -20)} />
      <Drawn
        x={104}
        y={-44}
        paint={ctx => {
          ctx.drawImage(canvas, 15, 5, 30, 30, -40, -30, 80, 60);
        }}
      />
      <Drawn
        x={-104}
        y={44}
        paint={ctx => {
          ctx.fillStyle = 'gold';
          ctx.fillRect(-40, -30, 80, 60);
          ctx.rotate(0.3);
          ctx.globalAlpha = 0.7;
          ctx.drawImage(erased, -20, -20);
        }}
      />
      <Drawn
        x={0}
        y={44}
        paint={ctx => {
          const second = document.createElement('canvas');
          second.width = 80;
          second.height = 60;
          const context = second.getContext('2d')!;
          context.translate(40, 30);
          context.rotate(0.5);
          context.drawImage(canvas, -30, -20);
          ctx.drawImage(second, -40, -30);
          context.clearRect(-80, -80, 160, 160);
        }}
      />
    </Node>,
  );
});
