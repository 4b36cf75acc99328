export * from './absent';
export * from './range';
