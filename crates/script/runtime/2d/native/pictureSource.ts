import type {StageProperty} from './stageProperty';

/** Which picture an image shows, and its size. */
export const PICTURE_SOURCE: StageProperty = {
  names: ['asset', 'natural'],
  layout: true,
  unset: false,
  read: node => node.$$encodeSource(),
};
