import {Code, makeScene2D, word} from '@revideo/2d';
import {makeProject, map, waitFor} from '@revideo/core';

export const frames = [0, 15];

const scene = makeScene2D('code-hooks', function* (view) {
  const boxed = new Code({
    key: 'boxed',
    y: -45,
    fontFamily: 'Roboto',
    fontSize: 22,
    fill: '#eee',
    stroke: 'tomato',
    lineWidth: 1,
    code: 'let one = 1;\nlet two = one + 1;',
    drawHooks: {
      token(ctx, text, position, color, selection) {
        const {width} = ctx.measureText(text);
        ctx.strokeRect(position.x, position.y, width, 24);
        ctx.fillStyle = color;
        ctx.globalAlpha *= map(0.3, 1, selection);
        ctx.fillText(text, position.x, position.y);
      },
    },
    selection: word(1, 4, 3),
  });
  const soft = new Code({
    key: 'soft',
    y: 45,
    fontFamily: 'Roboto',
    fontSize: 20,
    fill: 'gold',
    code: 'return soft;',
    drawHooks: {
      token(ctx, text, position, color, selection) {
        ctx.filter = `blur(${map(3, 0, selection)}px)`;
        ctx.fillStyle = color;
        ctx.fillText(text, position.x, position.y);
      },
    },
    selection: [],
  });
  view.add([boxed, soft]);
  yield* soft.selection(word(0, 7, 4), 1);
  yield* waitFor(0.1);
});

export default makeProject({
  scenes: [scene],
  experimentalFeatures: true,
  settings: {shared: {size: {x: 320, y: 180}, background: '#123'}},
} as any);
