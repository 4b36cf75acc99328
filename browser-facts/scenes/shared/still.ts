import {makeScene2D, type View2D} from '@revideo/2d';
import {makeProject, waitFor} from '@revideo/core';

/** A project of one scene that adds its nodes and stands still for a tenth of a second. */
export function still(
  name: string,
  build: (view: View2D) => void,
  size: [number, number] = [320, 180],
) {
  return makeProject({
    scenes: [
      makeScene2D(name, function* (view) {
        build(view);
        yield* waitFor(0.1);
      }),
    ],
    settings: {shared: {size: {x: size[0], y: size[1]}}},
  });
}
