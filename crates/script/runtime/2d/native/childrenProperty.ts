import type {StageProperty} from './stageProperty';

/** Keeps reactive children up to date; the list itself is written apart. */
export const CHILDREN: StageProperty = {
  names: [],
  layout: true,
  unset: false,
  read: node => {
    node.$$readChildren();
    return [];
  },
};
