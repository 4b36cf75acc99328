export * from './CodeCursor';
export * from './CodeSignalContext';
export * from './DefaultHighlightStyle';
export * from './differ';
export * from './extractRange';
export {metricsToFragment, parseCodeFragment} from './fragment';
export type {CodeFragment, CodeMetrics, PossibleCodeFragment, RawCodeFragment} from './fragment';
export * from './highlighter';
export {LezerHighlighter} from './LezerHighlighter';
export * from './patienceDiff';
export {
  consolidateCodeRanges,
  findAllCodeRanges,
  inverseCodeRange,
  isCodeRange,
  isPointInCodeRange,
  isPointInCodeSelection,
  lines,
  parseCodeSelection,
  pointToPoint,
  word,
} from './range';
export type {CodePoint, CodeRange, CodeSelection, PossibleCodeSelection} from './range';
export {CODE, insert, isCodeScope, parseCodeScope, remove, replace, resolveCodeTag, resolveScope} from './scope';
export type {CodeScope, CodeTag, PossibleCodeScope} from './scope';
