export * from './makePlugin';
export type { Plugin } from './Plugin';
