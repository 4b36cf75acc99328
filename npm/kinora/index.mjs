import kinora from './index.js';

export const {KinoraError, binaryPath, inspect, media, openProject, renderBatch, renderFrame, renderPartialVideo, renderStream, renderVideo} = kinora;
export default kinora;
