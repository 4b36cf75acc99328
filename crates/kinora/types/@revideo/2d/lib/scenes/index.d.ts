export * from './makeScene2D';
export * from './Scene2D';
export * from './useScene2D';
