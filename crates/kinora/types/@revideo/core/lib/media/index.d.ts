export * from './loadImage';
