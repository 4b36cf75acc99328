// `@motion-canvas/2d`: what `@revideo/2d` is, but for what is another thing there.
export * from '@revideo/2d';
export {Latex} from './Latex';
export type {LatexProps} from './Latex';
