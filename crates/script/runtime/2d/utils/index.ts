export {Affine} from '@revideo/core';
export * from './canvas';
export * from './diff';
export * from './is';
export * from './withDefaults';
