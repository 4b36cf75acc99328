/// <reference path="./native.d.ts" />
/// <reference path="../project.d.ts" />
/**
 * Scenes as generator functions, signals, tweens and value types: `@revideo/core` for a host
 * without a browser. What needs a browser exists and says so when it is used.
 */
export * from './app';
export * from './decorators';
export * from './events';
export * from './exporter';
export * from './flow';
export * from './media';
export * from './plugin';
export * from './scenes';
export * from './signals';
export * from './threading';
export * from './transitions';
export * from './tweening';
export * from './types';
export * from './utils';
