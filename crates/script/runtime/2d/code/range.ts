import {notDrawn} from '../native/notDrawn';

/** A place in code: line and column, from 0. */
export type CodePoint = [line: number, column: number];
/** A stretch of code. */
export type CodeRange = [from: CodePoint, to: CodePoint];

/** Whole lines, both ends included. */
export function lines(from: number, to: number = from): CodeRange {
  return [
    [from, 0],
    [to, Infinity],
  ];
}

/** A piece of one line. */
export function word(line: number, from: number, length?: number): CodeRange {
  return [
    [line, from],
    [line, length === undefined ? Infinity : from + length],
  ];
}

/** A stretch between two points. */
export function pointToPoint(fromLine: number, fromColumn: number, toLine: number, toColumn: number): CodeRange {
  return [
    [fromLine, fromColumn],
    [toLine, toColumn],
  ];
}

/** Highlights code; code cannot be drawn yet, so making one is an error. */
export class LezerHighlighter {
  public constructor(_parser?: unknown, _style?: unknown) {
    throw notDrawn('Code', undefined);
  }
}

/** Code fragments; code cannot be drawn yet. */
export function CODE(): never {
  throw notDrawn('Code', undefined);
}

export {CODE as codeSignal, CODE as insert, CODE as remove, CODE as replace};

/** Colours of code; code cannot be drawn yet. */
export const DefaultHighlightStyle = {};
