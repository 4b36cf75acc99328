/** One line of a diff: where it stands in the old list and in the new one, −1 where it is in neither. */
export interface DiffLine {
  line: string;
  aIndex: number;
  bIndex: number;
}

/** How a list became another. */
export interface Diff {
  lines: DiffLine[];
  lineCountDeleted: number;
  lineCountInserted: number;
  /** Always 0: lines do not move, they go and come. */
  lineCountMoved: number;
}

/**
 * How a list of texts became another one, by the patience algorithm: what both begin and end with
 * stays, texts that are in each once tie the lists together, and so on between those.
 */
export function patienceDiff(aLines: readonly string[], bLines: readonly string[]): Diff {
  const lines: DiffLine[] = [];
  const open: Stretch[] = [{aFrom: 0, aTo: aLines.length, bFrom: 0, bTo: bLines.length}];
  // Stretches wait on a stack, the first on top: the lines come out in order, however long the lists.
  for (let stretch = open.pop(); stretch !== undefined; stretch = open.pop()) {
    let {aFrom, aTo, bFrom, bTo} = stretch;
    while (aFrom < aTo && bFrom < bTo && aLines[aFrom] === bLines[bFrom]) {
      lines.push({line: aLines[aFrom], aIndex: aFrom++, bIndex: bFrom++});
    }
    const [aEnd, bEnd] = [aTo, bTo];
    while (aFrom < aTo && bFrom < bTo && aLines[aTo - 1] === bLines[bTo - 1]) {
      aTo--;
      bTo--;
    }
    if (aTo < aEnd) {
      open.push({aFrom: aTo, aTo: aEnd, bFrom: bTo, bTo: bEnd});
      open.push({aFrom, aTo, bFrom, bTo});
      continue;
    }
    const ties = longestChain(uniqueInBoth(aLines, bLines, {aFrom, aTo, bFrom, bTo}));
    if (ties.length === 0) {
      for (let index = aFrom; index < aTo; index++) lines.push({line: aLines[index], aIndex: index, bIndex: -1});
      for (let index = bFrom; index < bTo; index++) lines.push({line: bLines[index], aIndex: -1, bIndex: index});
      continue;
    }
    // Each tie begins the stretch that reaches to the next one.
    for (let index = ties.length - 1; index >= 0; index--) {
      const next = ties[index + 1] ?? [aTo, bTo];
      open.push({aFrom: ties[index][0], aTo: next[0], bFrom: ties[index][1], bTo: next[1]});
    }
    open.push({aFrom, aTo: ties[0][0], bFrom, bTo: ties[0][1]});
  }
  return {
    lines,
    lineCountDeleted: lines.filter(line => line.bIndex < 0).length,
    lineCountInserted: lines.filter(line => line.aIndex < 0).length,
    lineCountMoved: 0,
  };
}

/** A part of both lists. */
interface Stretch {
  aFrom: number;
  aTo: number;
  bFrom: number;
  bTo: number;
}

type Tie = [a: number, b: number];

/** The lines that are once in either part, in the order of the first list. */
function uniqueInBoth(a: readonly string[], b: readonly string[], {aFrom, aTo, bFrom, bTo}: Stretch): Tie[] {
  const inB = unique(b, bFrom, bTo);
  const ties: Tie[] = [];
  for (const [line, index] of unique(a, aFrom, aTo)) {
    const other = inB.get(line);
    if (index >= 0 && other !== undefined && other >= 0) ties.push([index, other]);
  }
  return ties;
}

/** Where each line is; −1 for one that is there more than once. */
function unique(list: readonly string[], from: number, to: number): Map<string, number> {
  const found = new Map<string, number>();
  for (let index = from; index < to; index++) found.set(list[index], found.has(list[index]) ? -1 : index);
  return found;
}

/** The longest run of ties that rises in both lists. */
function longestChain(ties: Tie[]): Tie[] {
  const tops: number[] = [];
  const before: number[] = new Array(ties.length).fill(-1);
  for (let index = 0; index < ties.length; index++) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ties[tops[middle]][1] < ties[index][1]) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[index] = tops[low - 1];
    tops[low] = index;
  }
  const chain: Tie[] = [];
  for (let index = tops.at(-1) ?? -1; index >= 0; index = before[index]) chain.unshift(ties[index]);
  return chain;
}

/** Prints a diff, a line for each of its lines. */
export function printDiff(diff: Diff): void {
  const marks = diff.lines.map(({line, aIndex, bIndex}) => `${bIndex < 0 ? '-' : aIndex < 0 ? '+' : ' '} ${line}`);
  console.log(marks.join('\n'));
}
