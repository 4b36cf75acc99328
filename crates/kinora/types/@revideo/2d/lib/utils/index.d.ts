export { Affine } from '@revideo/core';
export * from './is';
