import type {SceneDescription, ThreadGeneratorFactory} from '@revideo/core';
import type {View2D} from '../components/View2D';
import {Scene2D} from './Scene2D';

/** Marks a description whose name was made up: an import with `?scene` knows a better one. */
const MADE_UP = Symbol.for('@revideo/core/scenes/madeUpName');

let unnamed = 0;

/** Describes a scene for `makeProject`; a scene without a name gets one, with `?scene` that of its file. */
export function makeScene2D(runner: ThreadGeneratorFactory<View2D>): SceneDescription<ThreadGeneratorFactory<View2D>>;
export function makeScene2D(
  name: string,
  runner: ThreadGeneratorFactory<View2D>,
): SceneDescription<ThreadGeneratorFactory<View2D>>;
export function makeScene2D(
  first: string | ThreadGeneratorFactory<View2D>,
  second?: ThreadGeneratorFactory<View2D>,
): SceneDescription<ThreadGeneratorFactory<View2D>> {
  const runner = typeof first === 'function' ? first : second;
  if (typeof runner !== 'function') {
    throw new Error('makeScene2D needs a generator function: `makeScene2D(\'name\', function* (view) { … })`');
  }
  const isNamed = typeof first === 'string';
  return {
    name: isNamed ? first : ++unnamed === 1 ? 'scene' : `scene${unnamed}`,
    klass: Scene2D as unknown as SceneDescription['klass'],
    config: runner,
    stack: new Error().stack,
    ...(isNamed ? undefined : {[MADE_UP]: true}),
  };
}
