// Everything that a project can import, once: checked by scripts/typecheck.
import {Rect, Txt, makeScene2D} from '@motion-canvas/2d';
import {signal} from '@motion-canvas/2d/lib/decorators';
import type {Vector2} from '@motion-canvas/core/lib/types';
import {all, createRef, makeProject, waitFor} from '@revideo/core';
import {createSignal} from '@revideo/core/lib/signals';
import {Circle} from '@revideo/2d/lib/components';
import {jsx} from '@revideo/2d/lib/jsx-runtime';
import {concatenateMedia} from '@revideo/ffmpeg';
import {renderVideo} from '@revideo/renderer';
import frames from './a-1.png?anim';
import picture from './a-1.png';
import loaded from './a-1.png?img';
import table from './a.csv';
import sound from './a.mp3';
import clip from './a.mp4';
import shader from './a.glsl';
import text from './a.txt?raw';
import address from './a.txt?url';
import content from './a.svg?inline';
import other from './other?scene';
import './global.css';

class Badge extends Rect {
  @signal() public declare readonly level: number;
}

export const addresses: string[] = [picture, table, sound, clip, shader, text, address, content];
export const pictures: Promise<number[]> = Promise.all([loaded, ...[frames]]).then(([one, all]) => [one.width, all.length]);
export const mode: string = import.meta.env.MODE;
export const render = () => renderVideo({projectFile: './src/project.tsx'}).then(file => concatenateMedia([file], 'b.mp4'));
export const element = jsx(Txt, {text: 'a'});

const scene = makeScene2D('scene', function* (view) {
  const circle = createRef<Circle>();
  const size = createSignal(1);
  view.add(
    <>
      <Circle ref={circle} size={() => size() * 10} />
      <Badge fill="red" />
    </>,
  );
  const place: Vector2 = circle().position();
  yield* all(size(2, 1), circle().position(place.add(1), 1));
  yield* waitFor(1);
});

export default makeProject({scenes: [scene, other]});
