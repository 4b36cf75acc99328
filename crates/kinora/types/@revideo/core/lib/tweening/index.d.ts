export * from './interpolationFunctions';
export * from './spring';
export * from './timingFunctions';
export * from './tween';
export * from './types';
