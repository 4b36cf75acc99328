import {absent} from '../../core/utils/absent';

// Code cannot be drawn yet.
export const CodeCursor: any = absent('CodeCursor');
export const CodeSignalContext: any = absent('CodeSignalContext');
export const consolidateCodeRanges: any = absent('consolidateCodeRanges');
export const defaultDiffer: any = absent('defaultDiffer');
export const defaultTokenize: any = absent('defaultTokenize');
export const extractRange: any = absent('extractRange');
export const findAllCodeRanges: any = absent('findAllCodeRanges');
export const inverseCodeRange: any = absent('inverseCodeRange');
export const isCodeRange: any = absent('isCodeRange');
export const isCodeScope: any = absent('isCodeScope');
export const isPointInCodeRange: any = absent('isPointInCodeRange');
export const isPointInCodeSelection: any = absent('isPointInCodeSelection');
export const metricsToFragment: any = absent('metricsToFragment');
export const parseCodeFragment: any = absent('parseCodeFragment');
export const parseCodeScope: any = absent('parseCodeScope');
export const parseCodeSelection: any = absent('parseCodeSelection');
export const patienceDiff: any = absent('patienceDiff');
export const printDiff: any = absent('printDiff');
export const resolveCodeTag: any = absent('resolveCodeTag');
export const resolveScope: any = absent('resolveScope');
