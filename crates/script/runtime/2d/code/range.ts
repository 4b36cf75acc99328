import {shownValue} from './shownValue';

/** A place in code: line and column, from 0. */
export type CodePoint = [line: number, column: number];
/** A stretch of code; its end is not in it. */
export type CodeRange = [from: CodePoint, to: CodePoint];
/** Stretches of code. */
export type CodeSelection = CodeRange[];
/** What is accepted as such. */
export type PossibleCodeSelection = CodeRange | CodeRange[];

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

function isPoint(value: unknown): value is CodePoint {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every(part => typeof part === 'number' && !Number.isNaN(part))
  );
}

/** Whether a value is a range. */
export function isCodeRange(value: unknown): value is CodeRange {
  return Array.isArray(value) && value.length === 2 && isPoint(value[0]) && isPoint(value[1]);
}

/** Below 0 if the first point is before the other, above 0 if it is after it. */
export function comparePoints(a: CodePoint, b: CodePoint): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return a[1] === b[1] ? 0 : a[1] < b[1] ? -1 : 1;
}

/** Whether a point lies within a range. */
export function isPointInCodeRange(point: CodePoint, range: CodeRange): boolean {
  return comparePoints(point, range[0]) >= 0 && comparePoints(point, range[1]) < 0;
}

/** Whether a point lies within any of some ranges. */
export function isPointInCodeSelection(point: CodePoint, selection: CodeSelection): boolean {
  return selection.some(range => isPointInCodeRange(point, range));
}

/**
 * A selection from one range or a list of them.
 *
 * @throws an error that says what ranges look like.
 */
export function parseCodeSelection(value: PossibleCodeSelection): CodeSelection {
  if (isCodeRange(value)) return [value];
  if (Array.isArray(value) && value.every(isCodeRange)) return value;
  throw wrongRange('a selection', value);
}

/**
 * A point.
 *
 * @throws an error that says what points look like.
 */
export function parseCodePoint(value: unknown): CodePoint {
  if (isPoint(value) && value[0] >= 0 && value[1] >= 0) return value;
  throw new Error(`a place in code is \`[line, column]\`, two numbers from 0 on, and not ${shownValue(value)}`);
}

/**
 * A range whose points are in order.
 *
 * @throws an error that says what ranges look like.
 */
export function parseCodeRange(value: unknown): CodeRange {
  if (!isCodeRange(value)) throw wrongRange('a range of code', value);
  const [from, to] = value.map(parseCodePoint);
  return comparePoints(from, to) <= 0 ? [from, to] : [to, from];
}

function wrongRange(what: string, value: unknown): Error {
  return new Error(
    `${what} is made with \`lines(from, to)\`, \`word(line, from, length)\` or as ` +
      `\`[[line, column], [line, column]]\`; it cannot be ${shownValue(value)}`,
  );
}

/** The same selection with ranges that touch made one, in order. Sorts the given list. */
export function consolidateCodeRanges(ranges: CodeRange[]): CodeRange[] {
  ranges.sort((a, b) => comparePoints(a[0], b[0]) || comparePoints(a[1], b[1]));
  const merged: CodeRange[] = [];
  for (const [from, to] of ranges) {
    const last = merged.at(-1);
    if (last === undefined || comparePoints(last[1], from) < 0) merged.push([from, to]);
    else if (comparePoints(last[1], to) < 0) last[1] = to;
  }
  return merged;
}

/** What lies between ranges that are in order. */
export function inverseCodeRange(ranges: CodeRange[]): CodeRange[] {
  const between: CodeRange[] = [];
  let at: CodePoint = [0, 0];
  for (const [from, to] of ranges) {
    if (comparePoints(at, from) < 0) between.push([at, from]);
    at = to;
  }
  const end: CodePoint = [Infinity, Infinity];
  if (comparePoints(at, end) < 0) between.push([at, end]);
  return between;
}

/** Where a text or a regular expression is found in code, first to last; a text is read as an expression. */
export function findAllCodeRanges(code: string, pattern: string | RegExp, limit: number = Infinity): CodeRange[] {
  const found: CodeRange[] = [];
  let line = 0;
  let lineStart = 0;
  const pointAt = (index: number): CodePoint => {
    for (;;) {
      const end = code.indexOf('\n', lineStart);
      if (end < 0 || end >= index) return [line, index - lineStart];
      line++;
      lineStart = end + 1;
    }
  };
  for (const match of code.matchAll(expression(pattern))) {
    if (found.length >= limit) break;
    const from = pointAt(match.index);
    found.push([from, pointAt(match.index + match[0].length)]);
  }
  return found;
}

function expression(pattern: string | RegExp): RegExp {
  if (pattern instanceof RegExp) {
    return pattern.global ? pattern : new RegExp(pattern.source, `${pattern.flags}g`);
  }
  if (typeof pattern !== 'string') {
    throw new Error(`code is searched for a text or a regular expression, and not for ${shownValue(pattern)}`);
  }
  try {
    return new RegExp(pattern, 'g');
  } catch {
    // What is no expression, such as `foo(`, is meant as it stands.
    return new RegExp(pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'g');
  }
}
