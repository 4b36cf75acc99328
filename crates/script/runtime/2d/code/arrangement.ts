import {Color, clampRemap, map, unwrap} from '@revideo/core';
import type {CodeFont} from './CodeFont';
import {measureFragment} from './fragment';
import type {CodeMetrics} from './fragment';
import type {CodeHighlighter, HighlighterCache} from './highlighter';
import {isPointInCodeSelection} from './range';
import type {CodePoint, CodeSelection} from './range';
import {isCodeScope, written} from './scope';
import type {CodeScope, CodeTag} from './scope';

/** Columns and lines that code takes; what is in a change takes both in part. */
export interface CodeExtent {
  columns: number;
  rows: number;
}

/** How much room code takes. */
export function measureScope(scope: CodeScope, font: CodeFont): CodeExtent {
  const extent = {columns: 0, rows: 0};
  let column = 0;
  for (const {before, after, progress} of fragmentsOf(scope, font)) {
    const widest = ({maxWidth, firstWidth}: CodeMetrics) => Math.max(extent.columns, maxWidth, column + firstWidth);
    extent.columns = Math.max(extent.columns, map(widest(before), widest(after), progress));
    column = map(endOf(before, column), endOf(after, column), progress);
    extent.rows = (extent.rows || 1) + map(before.newRows, after.newRows, progress);
  }
  return extent;
}

/** In which column code that begins in another one ends. */
function endOf(metrics: CodeMetrics, column: number): number {
  return metrics.newRows === 0 ? column + metrics.lastWidth : metrics.lastWidth;
}

/** A fragment, and how far changes are around it. */
interface Placed {
  before: CodeMetrics;
  after: CodeMetrics;
  /** Of its own scope. */
  progress: number;
  /** The mean of all that have begun so far. */
  overall: number;
}

/** The fragments of code, one after another. */
function* fragmentsOf(
  scope: CodeScope,
  font: CodeFont,
  begun: number[] = [],
): Generator<Placed> {
  const progress = unwrap(scope.progress);
  if (progress > 0) begun.push(progress);
  yield* placed(scope.fragments, progress, font, begun);
}

function* placed(tags: CodeTag[], progress: number, font: CodeFont, begun: number[]): Generator<Placed> {
  for (const wrapped of tags) {
    const tag = written(unwrap(wrapped)) as CodeTag;
    if (isCodeScope(tag)) {
      yield* fragmentsOf(tag, font, begun);
    } else if (Array.isArray(tag)) {
      yield* placed(tag, progress, font, begun);
    } else {
      const overall = begun.length === 0 ? 0 : begun.reduce((sum, value) => sum + value, 0) / begun.length;
      yield {...measureFragment(tag, font.measure), progress, overall};
    }
  }
}

/** Code with all that its looks depend on. */
export interface CodeLooks {
  scope: CodeScope;
  font: CodeFont;
  /** The colour of what no highlighter knows. */
  color: Color;
  highlighter: CodeHighlighter | null;
  cache: HighlighterCache | null;
  selection: CodeSelection;
  /** The selection that a tween comes from. */
  oldSelection: CodeSelection | null;
  /** How far that tween is; `null` where there is none. */
  selectionProgress: number | null;
}

/** Characters of one colour on one line. */
export interface CodeRun {
  text: string;
  /** Where it begins, in columns and lines. */
  x: number;
  y: number;
  color: Color;
  opacity: number;
  /** How much it is selected, from 0 to 1. */
  selection: number;
  /** Its first character, in the code as it is seen. */
  point: CodePoint;
}

/** Code as it is seen at the moment. */
export function arrange(looks: CodeLooks): CodeRun[] {
  const runs: CodeRun[] = [];
  const {font} = looks;
  let [x, y] = [0, 0];
  const before = new Place();
  const after = new Place();
  const seen = new Place();
  for (const fragment of fragmentsOf(looks.scope, font)) {
    const {progress} = fragment;
    const isLate = progress >= 0.5;
    const shown = isLate ? fragment.after : fragment.before;
    let opacity = 1;
    let shift = 0;
    if (fragment.before.content !== fragment.after.content) {
      const distance = Math.abs(progress - 0.5) * 2;
      opacity = clampRemap(1, 0.2, 1, 0, distance);
      const most = Math.abs(fragment.after.newRows - fragment.before.newRows) / 4;
      shift = map(isLate ? -most : most, 0, distance);
    }
    const text = new Text(looks, fragment, {before, after, isLate});
    text.write(runs, {x, y: y + shift, opacity, at: seen});
    x = map(endOf(fragment.before, x), endOf(fragment.after, x), progress);
    y += map(fragment.before.newRows, fragment.after.newRows, progress);
    before.advance(fragment.before);
    after.advance(fragment.after);
    seen.advance(shown);
  }
  return runs;
}

/** A place in code: how many characters from its beginning, and which line and column that is. */
class Place {
  public index = 0;
  private line = 0;
  private column = 0;

  public advance({content, newRows, endColumn}: CodeMetrics): void {
    this.index += content.length;
    this.line += newRows;
    this.column = newRows === 0 ? this.column + endColumn : endColumn;
  }

  /** The place of a character of a text that begins here. */
  public point(line: number, column: number): CodePoint {
    return line === 0 ? [this.line, this.column + column] : [this.line + line, column];
  }
}

/** The text of one fragment on its way to runs. */
class Text {
  private readonly content: string;
  private readonly isKept: boolean;
  private readonly isWhole: boolean;

  public constructor(
    private readonly looks: CodeLooks,
    private readonly fragment: Placed,
    private readonly places: {before: Place; after: Place; isLate: boolean},
  ) {
    const {before, after} = fragment;
    this.content = places.isLate ? after.content : before.content;
    this.isKept = before.content === after.content;
    this.isWhole = isEverything(looks.selection) && (looks.oldSelection === null || isEverything(looks.oldSelection));
  }

  public write(runs: CodeRun[], {x, y, opacity, at}: {x: number; y: number; opacity: number; at: Place}): void {
    const {content} = this;
    const {font} = this.looks;
    let [line, column, lineX] = [0, 0, x];
    for (let index = 0; index < content.length; ) {
      if (content[index] === '\n') {
        index++;
        line++;
        column = lineX = 0;
        continue;
      }
      const lineEnd = content.indexOf('\n', index);
      let end = lineEnd < 0 ? content.length : lineEnd;
      let color = this.looks.color;
      if (this.looks.cache !== null) {
        const found = this.highlight(index);
        color = found.color;
        end = Math.min(end, index + found.length);
      }
      const selection = this.selectedAt(line, column);
      if (!this.isWhole) {
        let next = index + 1;
        while (next < end && this.selectedAt(line, column + next - index) === selection) next++;
        end = next;
      }
      // A character of two units stays whole.
      if (isFirstUnit(content.charCodeAt(end - 1)) && end < content.length) end++;
      const text = content.slice(index, end);
      runs.push({text, x: lineX, y: y + line, color, opacity, selection, point: at.point(line, column)});
      lineX += font.columns(text);
      column += end - index;
      index = end;
    }
  }

  /** The colour from a character on, and for how many it holds. */
  private highlight(index: number): {color: Color; length: number} {
    const {highlighter, cache, color} = this.looks;
    const {before, after, isLate} = this.places;
    const here = highlighter!.highlight((isLate ? after : before).index + index, isLate ? cache!.after : cache!.before);
    let length = Math.max(1, here.skipAhead || 0);
    let found = here.color === null ? color : colorOf(here.color);
    if (this.isKept && cache!.before !== cache!.after) {
      const there = highlighter!.highlight((isLate ? before : after).index + index, isLate ? cache!.before : cache!.after);
      if (here.color !== null && there.color !== null && here.color !== there.color) {
        length = Math.min(length, Math.max(1, there.skipAhead || 0));
        const other = colorOf(there.color);
        const {progress} = this.fragment;
        found = isLate ? Color.lerp(other, found, progress) : Color.lerp(found, other, progress);
      }
    }
    return {color: found, length};
  }

  private selectedAt(line: number, column: number): number {
    if (this.isWhole) return 1;
    const {selection, oldSelection, selectionProgress} = this.looks;
    const {before, after} = this.places;
    const was = () => Number(isPointInCodeSelection(before.point(line, column), oldSelection ?? selection));
    const is = () => Number(isPointInCodeSelection(after.point(line, column), selection));
    if (this.fragment.before.content === '') return is();
    if (this.fragment.after.content === '') return was();
    return map(was(), is(), selectionProgress ?? this.fragment.overall);
  }
}

function isFirstUnit(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

/** Whether a selection is all that there can be. */
function isEverything(selection: CodeSelection): boolean {
  return selection.some(([from, to]) => from[0] === 0 && from[1] === 0 && to[0] === Infinity);
}

const colors = new Map<string, Color>();

/** A colour by its name; the same object for the same name. */
function colorOf(name: string): Color {
  let color = colors.get(name);
  if (color === undefined) {
    if (colors.size > 1000) colors.clear();
    color = new Color(name);
    colors.set(name, color);
  }
  return color;
}
