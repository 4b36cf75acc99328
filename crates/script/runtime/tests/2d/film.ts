import './mockStage';
import type {View2D} from '../../2d/index';
import {makeScene2D} from '../../2d/index';
import {makeProject} from '../../core/index';
import type {ThreadGenerator} from '../../core/index';
import {openPlayer} from '../../player/index';
import type {Player} from '../../player/index';

/** Plays a scene of 1920×1080 to its end; `look` is called after every frame. */
export async function film(
  run: (view: View2D) => ThreadGenerator,
  look: (frame: number, player: Player) => void = () => {},
  fps = 10,
): Promise<Player> {
  const player = openPlayer(makeProject({scenes: [makeScene2D('test', run)]}), {fps});
  await player.start();
  look(0, player);
  for (let frame = 1, ended = false; !ended; frame++) {
    ended = await player.next();
    look(frame, player);
  }
  return player;
}

/** Runs `body` as the first frame of a scene. */
export async function inScene(body: (view: View2D) => unknown): Promise<void> {
  let ran = false;
  await film(function* (view) {
    body(view);
    ran = true;
  });
  if (!ran) throw new Error('the scene did not run');
}
