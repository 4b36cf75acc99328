import './mockStage';
import {equal, near, ok, rejects, test, throws} from '../harness';
import {inScene} from './film';

const global = globalThis as any;

function context(width = 200, height = 100): any {
  const canvas = global.document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas.getContext('2d');
}

test('a context begins with the defaults of the browser', () => {
  const ctx = context();
  const state = Object.fromEntries(
    (
      'fillStyle strokeStyle lineWidth lineCap lineJoin miterLimit globalAlpha globalCompositeOperation filter shadowColor ' +
      'shadowBlur font textAlign textBaseline direction letterSpacing fontKerning imageSmoothingEnabled imageSmoothingQuality'
    )
      .split(' ')
      .map(name => [name, ctx[name]]),
  );
  equal(state, {
    fillStyle: '#000000',
    strokeStyle: '#000000',
    lineWidth: 1,
    lineCap: 'butt',
    lineJoin: 'miter',
    miterLimit: 10,
    globalAlpha: 1,
    globalCompositeOperation: 'source-over',
    filter: 'none',
    shadowColor: 'rgba(0, 0, 0, 0)',
    shadowBlur: 0,
    font: '10px sans-serif',
    textAlign: 'start',
    textBaseline: 'alphabetic',
    direction: 'inherit',
    letterSpacing: '0px',
    fontKerning: 'auto',
    imageSmoothingEnabled: true,
    imageSmoothingQuality: 'low',
  });
});

test('what is no value of a property leaves it as it was', () => {
  const ctx = context();
  ctx.lineWidth = 4;
  ctx.fillStyle = 'red';
  ctx.font = 'bold 20px Roboto';
  for (const [name, value] of [
    ['lineWidth', 0],
    ['lineWidth', -1],
    ['lineWidth', NaN],
    ['globalAlpha', 1.5],
    ['globalAlpha', -0.1],
    ['fillStyle', 'nothing'],
    ['fillStyle', ''],
    ['fillStyle', 'abc'],
    ['font', '20 Roboto'],
    ['font', 'Roboto'],
    ['lineCap', 'wide'],
    ['globalCompositeOperation', 'sideways'],
    ['shadowBlur', -2],
    ['filter', 'blur(-1px)'],
    ['filter', 'wobble(1)'],
    ['textAlign', 'justify'],
    ['letterSpacing', 'wide'],
    ['miterLimit', 0],
  ] as const) {
    const before = ctx[name];
    ctx[name] = value;
    equal(ctx[name], before, `${name} = ${value}`);
  }
  ctx.setLineDash([1, -1]);
  ctx.setLineDash([1, NaN]);
  equal(ctx.getLineDash(), []);
  ctx.setLineDash([1, 2, 3]);
  equal(ctx.getLineDash(), [1, 2, 3, 1, 2, 3]);
});

test('colours and fonts are read back as the browser writes them', () => {
  const ctx = context();
  for (const [given, read] of [
    ['RED', '#ff0000'],
    ['#abc', '#aabbcc'],
    ['rgba(255, 0, 0, 0.5)', 'rgba(255, 0, 0, 0.5)'],
    ['hsl(120, 100%, 25%)', '#008000'],
    ['transparent', 'rgba(0, 0, 0, 0)'],
  ]) {
    ctx.fillStyle = given;
    equal(ctx.fillStyle, read, given);
  }
  for (const [given, read] of [
    ['italic bold 12px/30px Georgia, serif', 'italic bold 12px Georgia, serif'],
    ['normal 400 2em Roboto', '20px Roboto'],
    ['900 1.5px "Two Words"', '900 1.5px "Two Words"'],
    ['15pt x', '20px x'],
  ]) {
    ctx.font = given;
    equal(ctx.font, read, given);
  }
});

test('states are saved and restored, with or without balance', () => {
  const ctx = context();
  ctx.restore();
  ctx.lineWidth = 2;
  ctx.translate(3, 4);
  ctx.save();
  ctx.lineWidth = 5;
  ctx.scale(2, 2);
  ctx.save();
  ctx.fillStyle = 'red';
  ctx.restore();
  equal([ctx.lineWidth, ctx.fillStyle], [5, '#000000']);
  equal(ctx.getTransform().toArray(), [2, 0, 0, 2, 3, 4]);
  ctx.restore();
  ctx.restore();
  equal(ctx.lineWidth, 2);
  equal(ctx.getTransform().toArray(), [1, 0, 0, 1, 3, 4]);
  ctx.canvas.width = 200;
  equal([ctx.lineWidth, ...ctx.getTransform().toArray()], [1, 1, 0, 0, 1, 0, 0]);
});

test('transforms multiply, and what is not finite changes nothing', () => {
  const ctx = context();
  ctx.rotate(Math.PI / 2);
  ctx.transform(2, 0, 0, 3, 1, 0);
  near(ctx.getTransform().toArray(), [0, 2, -3, 0, 0, 1], 1e-12);
  ctx.translate(NaN, 1);
  ctx.scale(Infinity, 1);
  near(ctx.getTransform().toArray(), [0, 2, -3, 0, 0, 1], 1e-12);
  ctx.setTransform(new global.DOMMatrix('matrix(1, 2, 3, 4, 5, 6)'));
  equal(ctx.getTransform().toArray(), [1, 2, 3, 4, 5, 6]);
  ctx.setTransform({a: 2, d: 2});
  equal(ctx.getTransform().toArray(), [2, 0, 0, 2, 0, 0]);
  ctx.resetTransform();
  ok(ctx.getTransform() instanceof global.DOMMatrix && ctx.getTransform().isIdentity, 'a matrix');
});

test('arguments that the browser refuses are refused', () => {
  const ctx = context();
  const errors: [() => void, string, string][] = [
    [() => ctx.arc(0, 0, -1, 0, 1), 'IndexSizeError', 'negative'],
    [() => ctx.createRadialGradient(0, 0, -1, 0, 0, 1), 'IndexSizeError', 'negative'],
    [() => ctx.createLinearGradient(0, NaN, 1, 1), 'TypeError', 'finite'],
    [() => ctx.createLinearGradient(0, 0, 1, 1).addColorStop(2, 'red'), 'IndexSizeError', 'outside'],
    [() => ctx.createLinearGradient(0, 0, 1, 1).addColorStop(0, 'rot'), 'SyntaxError', 'no colour'],
    [() => ctx.drawImage(context(0, 10).canvas, 0, 0), 'InvalidStateError', 'no width'],
    [() => ctx.drawImage({}, 0, 0), 'TypeError', 'plain object'],
    [() => ctx.drawImage(context().canvas, 0), 'TypeError', 'arguments'],
    [() => ctx.createPattern(context().canvas, 'twice'), 'SyntaxError', 'repeats'],
    [() => ctx.roundRect(0, 0, 1, 1, -1), 'RangeError', 'negative'],
    [() => context(100_000, 1), 'RangeError', 'larger'],
    [() => ctx.canvas.getContext('webgl'), 'Error', 'webgl'],
    [() => global.document.createElement('div'), 'Error', 'no page'],
    [() => ctx.getImageData(0, 0, 1, 0), 'IndexSizeError', '0 pixels'],
    [() => ctx.getImageData(0, 0), 'TypeError', 'height'],
    [() => ctx.putImageData({}, 0, 0), 'TypeError', 'ImageData'],
  ];
  for (const [call, name, part] of errors) equal(throws(call, part).name, name);
});

test('an empty image is drawn as nothing, a broken one is refused', async () => {
  const image = new global.Image();
  const ctx = context();
  ctx.drawImage(image, 0, 0);
  await rejects(() => image.decode(), 'no source');
});

test('texts are measured with the fonts that draw them', () =>
  inScene(() => {
    const ctx = context();
    ctx.font = '100px Roboto';
    const plain = ctx.measureText('Hello');
    near(plain.width, 228, 3);
    near([plain.fontBoundingBoxAscent, plain.fontBoundingBoxDescent], [93, 24], 1);
    near(plain.actualBoundingBoxAscent, 75, 3);
    ctx.font = 'bold 100px Roboto';
    ok(ctx.measureText('Hello').width > plain.width, 'bold is wider');
    ctx.font = '50px Roboto';
    near(ctx.measureText('Hello').width, plain.width / 2, 0.5);
    ctx.letterSpacing = '10px';
    near(ctx.measureText('Hello').width, plain.width / 2 + 50, 0.5);
    ctx.letterSpacing = '0px';
    equal(ctx.measureText('a\nb').width, ctx.measureText('a b').width);
    ctx.textAlign = 'center';
    const {actualBoundingBoxLeft: left, actualBoundingBoxRight: right} = ctx.measureText('HH');
    near(left, right, 1);
  }));

test('points lie in paths as the browser has it', () => {
  const ctx = context();
  ctx.translate(50, 20);
  ctx.beginPath();
  ctx.rect(0, 0, 40, 30);
  ctx.lineWidth = 6;
  ctx.resetTransform();
  equal(
    [ctx.isPointInPath(60, 30), ctx.isPointInPath(10, 10), ctx.isPointInStroke(50, 30), ctx.isPointInStroke(60, 30)],
    [true, false, true, false],
  );
  const ring = new global.Path2D();
  ring.arc(0, 0, 20, 0, 7);
  ring.moveTo(10, 0);
  ring.arc(0, 0, 10, 0, 7);
  ctx.translate(100, 50);
  equal([ctx.isPointInPath(ring, 105, 50), ctx.isPointInPath(ring, 105, 50, 'evenodd')], [true, false]);
  equal(ctx.isPointInPath(ring, 5, 0), false);
});

test('a canvas that is cleared whole forgets what was on it', () => {
  const ctx = context(100, 50);
  ctx.save();
  ctx.translate(10, 0);
  ctx.fillStyle = 'teal';
  const before = ctx.$$tape;
  for (let index = 0; index < 1000; index++) ctx.fillRect(index % 90, 0, 10, 10);
  ctx.clearRect(0, 0, 100, 50);
  ok(ctx.$$tape === before, 'a part is left');
  ctx.clearRect(-10, 0, 100, 50);
  ok(ctx.$$tape !== before && ctx.$$tape.length < 200, 'nothing is left');
  equal(ctx.getTransform().e, 10);
  ctx.restore();
  equal([ctx.fillStyle, ctx.getTransform().e], ['#000000', 0]);
});

test('a snapshot does not change with its canvas', async () => {
  const canvas = new global.OffscreenCanvas(10, 10);
  const ctx = canvas.getContext('2d');
  ctx.fillRect(0, 0, 5, 5);
  const bitmap = await global.createImageBitmap(canvas);
  const [, length] = bitmap.$$drawable().surface;
  ctx.fillRect(0, 0, 5, 5);
  equal(bitmap.$$drawable().surface[1], length);
  ok(canvas.$$drawable().surface[1] > length, 'the canvas has more');
  bitmap.close();
  throws(() => ctx.drawImage(bitmap, 0, 0), 'closed');
});

test('a canvas on which more is drawn than can be held says so', () => {
  const ctx = context();
  const error = throws(() => {
    for (;;) ctx.fillRect(0, 0, 1, 1);
  }, 'never cleared');
  equal(error.name, 'RangeError');
});
