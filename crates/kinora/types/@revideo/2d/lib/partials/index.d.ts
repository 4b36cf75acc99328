export * from './canvasStyle';
export * from './filter';
export * from './gradient';
export * from './pattern';
