import {absent} from '../../core/utils/absent';

// Of use to tweens between pictures of nodes, which are not here.
export const getTransformDiff: any = absent('getTransformDiff');
export const applyTransformDiff: any = absent('applyTransformDiff');
