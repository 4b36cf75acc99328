import {shownValue} from './shownValue';

/** A text and the room it takes, in lines and columns. */
export interface CodeMetrics {
  content: string;
  /** Line breaks in it. */
  newRows: number;
  /** Characters on its last line. */
  endColumn: number;
  /** Columns of its first line. */
  firstWidth: number;
  /** Columns of its widest line. */
  maxWidth: number;
  /** Columns of its last line. */
  lastWidth: number;
}

/** A piece of code before and after a change; the same twice where it does not change. */
export interface CodeFragment {
  before: CodeMetrics;
  after: CodeMetrics;
}

/** A change of code as it is written. */
export interface RawCodeFragment {
  before: string;
  after: string;
}

/** What is accepted as a piece of code. */
export type PossibleCodeFragment = CodeFragment | CodeMetrics | RawCodeFragment | string;

/** What tells how wide a text is, as a canvas does. */
export interface TextMeasurer {
  measureText(text: string): {width: number};
}

/** A piece of code with the room it takes. */
export function parseCodeFragment(
  value: PossibleCodeFragment,
  context: TextMeasurer,
  monoWidth: number,
): CodeFragment {
  const columns = (text: string) => Math.round(context.measureText(text).width / monoWidth);
  return measureFragment(value, text => measureCode(text, columns));
}

/** A piece of code with the room that `measure` finds for its texts. */
export function measureFragment(value: unknown, measure: (text: string) => CodeMetrics): CodeFragment {
  if (typeof value === 'string') return metricsToFragment(measure(value));
  if (isMetrics(value)) return metricsToFragment(value);
  const {before, after} = pairOf(value);
  return {
    before: isMetrics(before) ? before : measure(before),
    after: isMetrics(after) ? after : measure(after),
  };
}

/** The text of a piece of code before or after its change. */
export function fragmentText(value: unknown, isAfter: boolean): string {
  if (typeof value === 'string') return value;
  if (isMetrics(value)) return value.content;
  const pair = pairOf(value);
  const side = isAfter ? pair.after : pair.before;
  return typeof side === 'string' ? side : side.content;
}

function pairOf(value: unknown): {before: string | CodeMetrics; after: string | CodeMetrics} {
  const {before, after} = (value ?? {}) as Partial<RawCodeFragment>;
  const isSide = (side: unknown) => typeof side === 'string' || isMetrics(side);
  if (isSide(before) && isSide(after)) return value as RawCodeFragment;
  throw new Error(
    'code is made of texts, of what `insert`, `replace` and `remove` give, and of lists of those; ' +
      `${shownValue(value)} is none of them`,
  );
}

function isMetrics(value: unknown): value is CodeMetrics {
  return typeof (value as CodeMetrics | null)?.content === 'string';
}

/** A piece of code that does not change. */
export function metricsToFragment(value: CodeMetrics): CodeFragment {
  return {before: value, after: value};
}

/** The room that a text takes where `columns` tells how wide a line of it is. */
export function measureCode(content: string, columns: (line: string) => number): CodeMetrics {
  const lines = content.split('\n');
  const widths = lines.map(columns);
  return {
    content,
    newRows: lines.length - 1,
    endColumn: lines[lines.length - 1].length,
    firstWidth: widths[0],
    maxWidth: widths.reduce((most, width) => Math.max(most, width), 0),
    lastWidth: widths[widths.length - 1],
  };
}
