export * from './decorate';
export * from './lazy';
export * from './threadable';
