/**
 * The scene graph under the API of `@revideo/2d`.
 *
 * Nodes hold signals; what they look like is decided by the stage, which is told only the
 * properties that changed (see `native/`). `Node`, `Scene2D` and `StageLink` are the classes to
 * know. Nothing here draws.
 */
export * from './code';
export * from './components';
export * from './curves';
export * from './decorators';
export * from './jsx';
export * from './partials';
export * from './scenes';
export * from './utils';
