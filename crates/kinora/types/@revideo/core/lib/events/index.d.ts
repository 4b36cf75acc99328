export * from './AsyncEventDispatcher';
export * from './EventDispatcher';
export * from './EventDispatcherBase';
export * from './FlagDispatcher';
export * from './ValueDispatcher';
