import {useScene} from '@revideo/core';
import type {Scene2D} from './Scene2D';

/** The scene that runs; throws outside of one. */
export function useScene2D(): Scene2D {
  return useScene() as unknown as Scene2D;
}
