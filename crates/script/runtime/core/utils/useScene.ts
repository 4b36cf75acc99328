import {fallbackLogger} from '../app/Logger';
import type {Logger} from '../app/Logger';
import type {Scene} from '../scenes/Scene';

const stack: Scene[] = [];

/** The scene that is running. */
export function useScene(): Scene {
  const scene = stack[stack.length - 1];
  if (scene === undefined) {
    throw new Error("there is no running scene here: call this from within a scene's generator function");
  }
  return scene;
}

export function startScene(scene: Scene): void {
  stack.push(scene);
}

export function endScene(scene: Scene): void {
  if (stack.pop() !== scene) throw new Error('startScene and endScene must be called in pairs');
}

/** The project's logger while a scene runs, the console outside. */
export function useLogger(): Logger {
  return stack[stack.length - 1]?.logger ?? fallbackLogger();
}
