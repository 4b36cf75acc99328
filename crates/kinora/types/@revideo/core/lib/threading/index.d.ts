export * from './cancel';
export { join } from './join';
export * from './names';
export * from './noop';
export * from './spawn';
export * from './Thread';
export * from './ThreadGenerator';
export * from './threads';
