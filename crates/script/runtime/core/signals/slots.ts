// Numbers that the host draws: a signal that has a slot writes its number there when it changes, and the
// host is handed all that changed at once. The lists are read and written in place where it counts.

/** The numbers, by slot. */
export let values: Float64Array = new Float64Array(256);
/** Which slots have changed since the host was told, after how many they are; a row of slots is named by its first. */
export let changed: Uint32Array = new Uint32Array(257);
/** The turn in which a slot was last noted to have changed. */
export let marks: Uint32Array = new Uint32Array(256);
/** Counts how often the host was told. */
export let turn = 1;

/** Which row of numbers was last put behind a slot, by that slot. */
export const rows: (readonly number[])[] = [];
const NO_ROW: readonly number[] = [];
/** Counts how often a row was put behind a slot. */
let puts = 0;

let used = 0;

/** Rows of slots that were given back, the first of each, by their length. */
const free = new Map<number, number[]>();

/** Takes `count` slots in a row and returns the first. */
export function takeSlots(count: number): number {
  const returned = free.get(count)?.pop();
  if (returned !== undefined) return returned;
  const first = used;
  used += count;
  if (used > values.length) {
    const size = Math.max(used, values.length * 2);
    const grown = new Float64Array(size);
    grown.set(values);
    values = grown;
    const moreMarks = new Uint32Array(size);
    moreMarks.set(marks);
    marks = moreMarks;
    const moreChanged = new Uint32Array(size + 1);
    moreChanged.set(changed);
    changed = moreChanged;
  }
  return first;
}

/** Gives back `count` slots from `first` on that nothing writes to any more. */
export function returnSlots(first: number, count: number): void {
  rows[first] = NO_ROW;
  const known = free.get(count);
  if (known === undefined) free.set(count, [first]);
  else known.push(first);
}

/** Puts numbers behind a slot and the one after it, in which the host sees that they are others. */
export function putRow(slot: number, row: readonly number[]): void {
  rows[slot] = row;
  values[slot + 1] = ++puts;
  values.set(row, slot + 2);
}

/** Notes that a row of slots has changed. */
export function noteSlots(first: number): void {
  if (marks[first] === turn) return;
  marks[first] = turn;
  const count = changed[0] + 1;
  changed[0] = count;
  changed[count] = first;
}

/** Begins anew: the host has been told. */
export function nextTurn(): void {
  changed[0] = 0;
  turn++;
}
