import {comparePoints, parseCodeRange} from './range';
import type {CodePoint, CodeRange} from './range';
import {resolveCodeTag} from './scope';
import type {CodeTag} from './scope';

/**
 * Makes a range of code a fragment of its own. Fragments beside it stay as they are; those that it
 * cuts become texts. Where the range begins after the code's end, lines and spaces fill the gap
 * before it.
 *
 * @returns the fragments, and which of them is the range.
 */
export function extractRange(range: CodeRange, fragments: CodeTag[]): [CodeTag[], number] {
  const [from, to] = parseCodeRange(range);
  const isEmpty = comparePoints(from, to) === 0;
  const before: CodeTag[] = [];
  const after: CodeTag[] = [];
  let extracted = '';
  let isFound = false;
  let at: CodePoint = [0, 0];
  const fill = (end: CodePoint) => {
    const gap = padding(end, from);
    if (gap !== '') before.push(gap);
  };
  for (const fragment of fragments) {
    const text = resolveCodeTag(fragment, false);
    const end = advance(at, text);
    const start = isFound ? 0 : indexOf(text, at, from, false);
    const stop = indexOf(text, at, to, !isEmpty);
    if (start === null || (text === '' && !isFound)) {
      before.push(fragment);
    } else if (text === '') {
      // What another change puts in at the range's end is not in the range.
      if (comparePoints(at, to) >= 0) after.push(fragment);
    } else {
      const cut = start ?? 0;
      if (!isFound && cut > 0) before.push(text.slice(0, cut));
      if (!isFound) fill(advance(at, text.slice(0, cut)));
      isFound = true;
      extracted += text.slice(cut, stop ?? text.length);
      const rest = stop === null ? '' : text.slice(Math.max(stop, cut));
      if (stop === 0) after.push(fragment);
      else if (rest !== '') after.push(rest);
    }
    at = end;
  }
  if (!isFound) fill(at);
  return [[...before, extracted, ...after], before.length];
}

/**
 * Where a point lies in a text that begins at `start`; `null` after it. A point past a line's end is
 * before the line break, or after it where that is taken along.
 */
function indexOf(text: string, start: CodePoint, point: CodePoint, takesBreak: boolean): number | null {
  if (point[0] < start[0] || (point[0] === start[0] && point[1] < start[1])) return 0;
  let [line, column] = start;
  let index = 0;
  while (line < point[0]) {
    const end = text.indexOf('\n', index);
    if (end < 0) return null;
    index = end + 1;
    line++;
    column = 0;
  }
  const wanted = index + point[1] - column;
  const end = text.indexOf('\n', index);
  if (end >= 0 && wanted > end) return takesBreak ? end + 1 : end;
  if (end >= 0) return wanted;
  return wanted < text.length ? wanted : null;
}

function advance([line, column]: CodePoint, text: string): CodePoint {
  const lines = text.split('\n');
  const last = lines[lines.length - 1].length;
  return lines.length === 1 ? [line, column + last] : [line + lines.length - 1, last];
}

/** What has to be written at `at` to come to `to`. */
function padding(at: CodePoint, to: CodePoint): string {
  const lines = Math.max(0, to[0] - at[0]);
  const column = lines > 0 ? 0 : at[1];
  const spaces = Number.isFinite(to[1]) ? Math.max(0, to[1] - column) : 0;
  return '\n'.repeat(Number.isFinite(lines) ? lines : 0) + ' '.repeat(spaces);
}
