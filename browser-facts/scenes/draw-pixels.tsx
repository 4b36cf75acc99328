import {drawings} from './shared/drawn';

/** A canvas with a disc on it. */
function disc(width = 60, height = 50): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'tomato';
  context.beginPath();
  context.arc(width / 2, height / 2, 20, 0, Math.PI * 2);
  context.fill();
  return [canvas, context];
}

export default drawings(
  'draw-pixels',
  ctx => {
    // Each pixel is read, turned and put back.
    const [canvas, own] = disc();
    const image = own.getImageData(0, 0, 60, 50);
    for (let at = 0; at < image.data.length; at += 4) {
      [image.data[at], image.data[at + 2]] = [image.data[at + 2], image.data[at]];
    }
    own.putImageData(image, 0, 0);
    ctx.drawImage(canvas, -30, -25);
  },
  ctx => {
    // Neither clip nor transform nor alpha count, and what is transparent erases.
    const [canvas, own] = disc();
    const image = own.createImageData(20, 20);
    for (let at = 0; at < image.data.length; at += 4) image.data.set([0, 0, 128, at % 80 < 40 ? 255 : 0], at);
    own.globalAlpha = 0.3;
    own.rotate(0.5);
    own.putImageData(image, 20, 15);
    ctx.drawImage(canvas, -30, -25);
  },
  ctx => {
    // A part of the pixels.
    const [canvas, own] = disc();
    const image = own.getImageData(0, 0, 60, 50);
    own.clearRect(0, 0, 60, 50);
    own.putImageData(image, 0, 0, 30, 0, 30, 25);
    own.putImageData(image, -10, 10, 25, 40, -25, -25);
    ctx.drawImage(canvas, -30, -25);
  },
  ctx => {
    // Few pixels, seen large.
    const canvas = document.createElement('canvas');
    canvas.width = 4;
    canvas.height = 3;
    const own = canvas.getContext('2d')!;
    const image = own.createImageData(4, 3);
    for (let at = 0; at < 12; at++) image.data.set([at * 20, 255 - at * 20, at % 2 ? 200 : 40, 255], at * 4);
    own.putImageData(image, 0, 0);
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(canvas, -40, -30, 80, 60);
  },
  ctx => {
    // One canvas is read while another is made of it.
    const [, own] = disc();
    for (let y = 0; y < 50; y += 5) {
      for (let x = 0; x < 60; x += 5) {
        const [r, g, b, a] = own.getImageData(x, y, 1, 1).data;
        ctx.fillStyle = `rgba(${r},${g},${b},${a / 255})`;
        ctx.fillRect(x - 30, y - 25, 4, 4);
      }
    }
  },
  ctx => {
    // What is half there.
    const image = new ImageData(40, 40);
    for (let at = 0; at < 1600; at++) image.data.set([0, 100, 0, (at % 40) * 6], at * 4);
    const canvas = new OffscreenCanvas(40, 40);
    canvas.getContext('2d')!.putImageData(image, 0, 0);
    ctx.fillStyle = 'gold';
    ctx.fillRect(-40, -8, 80, 16);
    ctx.drawImage(canvas, -20, -20);
  },
);
