import type { SceneDescription, ThreadGeneratorFactory } from '@revideo/core';
import type { View2D } from '../components/View2D';
/** Describes a scene for `makeProject`; a scene without a name gets one, with `?scene` that of its file. */
export declare function makeScene2D(runner: ThreadGeneratorFactory<View2D>): SceneDescription<ThreadGeneratorFactory<View2D>>;
export declare function makeScene2D(name: string, runner: ThreadGeneratorFactory<View2D>): SceneDescription<ThreadGeneratorFactory<View2D>>;
