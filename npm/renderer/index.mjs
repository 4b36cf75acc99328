export {renderPartialVideo, renderVideo} from 'kinora';
