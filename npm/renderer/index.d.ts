export {renderPartialVideo, renderVideo} from 'kinora';
export type {RenderPartialVideoProps, RenderSettings, RenderVideoProps} from 'kinora';
