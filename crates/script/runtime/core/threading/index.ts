export * from './cancel';
export * from './join';
export * from './names';
export * from './noop';
export * from './spawn';
export * from './Thread';
export * from './ThreadGenerator';
export * from './threads';
