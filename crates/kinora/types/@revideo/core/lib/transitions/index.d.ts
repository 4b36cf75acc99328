export * from './fadeTransition';
export * from './slideTransition';
export * from './useTransition';
export * from './waitTransition';
export * from './zoomInTransition';
export * from './zoomOutTransition';
