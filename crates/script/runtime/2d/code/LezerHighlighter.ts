import {DefaultHighlightStyle} from './DefaultHighlightStyle';
import type {CodeHighlighter, HighlightResult} from './highlighter';
import {LezerNodes} from './lezer';
import type {LezerParser, LezerStyle, LezerTag} from './lezer';
import {shownValue} from './shownValue';

/** How many codes a highlighter remembers. */
const MOST = 16;

/** Highlights code with a parser of Lezer's, in the colours of a style. */
export class LezerHighlighter implements CodeHighlighter<LezerCache> {
  private readonly colors: ReadonlyMap<string, string>;
  private readonly classes = new WeakMap<readonly LezerTag[], {name: string | null}>();
  private readonly prepared = new Map<string, LezerCache>();

  public constructor(
    private readonly parser: LezerParser,
    private readonly style: LezerStyle = DefaultHighlightStyle,
  ) {
    if (typeof parser?.parse !== 'function') {
      throw new Error(
        `\`LezerHighlighter\` takes a parser, such as \`parser\` of the package \`@lezer/javascript\`, and not ${shownValue(parser)}`,
      );
    }
    if (typeof style?.style !== 'function') {
      throw new Error(
        '`LezerHighlighter` takes its colours as a `HighlightStyle` of the package `@codemirror/language`, ' +
          `and not as ${shownValue(style)}`,
      );
    }
    this.colors = colorsOf(style);
  }

  public initialize(): boolean {
    return true;
  }

  public prepare(code: string): LezerCache {
    let cache = this.prepared.get(code);
    if (cache === undefined) {
      const nodes = new LezerNodes(this.parser.parse(code));
      const spans = findSpans(nodes, tags => this.classOf(tags), this.colors);
      cache = new LezerCache(nodes, paint(nodes, spans), code.length);
      if (this.prepared.size >= MOST) this.prepared.delete(this.prepared.keys().next().value!);
      this.prepared.set(code, cache);
    }
    return cache;
  }

  public highlight(index: number, cache: LezerCache): HighlightResult {
    return cache.at(index);
  }

  public tokenize(code: string): string[] {
    const tokens: string[] = [];
    let at = 0;
    const cut = (to: number) => {
      if (to > at) tokens.push(code.slice(at, to));
      at = Math.max(at, to);
    };
    const nodes = new LezerNodes(this.parser.parse(code));
    for (let index = 0; index < nodes.from.length; index++) {
      if (!nodes.isLeaf(index)) continue;
      cut(nodes.from[index]);
      cut(nodes.to[index]);
    }
    cut(code.length);
    return tokens;
  }

  private classOf(tags: readonly LezerTag[]): string | null {
    let known = this.classes.get(tags);
    if (known === undefined) {
      known = {name: this.style.style(tags)};
      this.classes.set(tags, known);
    }
    return known.name;
  }
}

/** The colours of a style's classes. */
function colorsOf({module}: LezerStyle): Map<string, string> {
  const rules = module?.getRules?.() ?? module?.rules?.join('\n') ?? '';
  const colors = new Map<string, string>();
  for (const [, name, body] of rules.matchAll(/\.([^\s{.:]+)\s*\{([^}]*)\}/g)) {
    const color = /(?:^|[;\s])color\s*:\s*([^;]+)/.exec(body);
    if (color !== null) colors.set(name, color[1].trim());
  }
  return colors;
}

/** A stretch of code with the colour of its tags. */
interface Span {
  from: number;
  to: number;
  color: string;
}

/** The stretches of code that have a colour, in order. */
function findSpans(
  nodes: LezerNodes,
  classOf: (tags: readonly LezerTag[]) => string | null,
  colors: ReadonlyMap<string, string>,
): Span[] {
  const spans: Span[] = [];
  let [at, current] = [0, ''];
  // From here on the code is of these classes.
  const begin = (place: number, name: string) => {
    if (name === current) return;
    const color = colors.get(current);
    if (color !== undefined && place > at) spans.push({from: at, to: place, color});
    at = Math.max(at, place);
    current = name;
  };
  const open: {index: number; name: string; inherited: string}[] = [];
  const close = () => {
    const {index} = open.pop()!;
    begin(nodes.to[index], open.at(-1)?.name ?? '');
  };
  let opaqueTo = 0;
  for (let index = 0; index < nodes.from.length; index++) {
    if (nodes.from[index] < opaqueTo) continue;
    while (open.length > 0 && open[open.length - 1].index !== nodes.parent[index]) close();
    let inherited = open.at(-1)?.inherited ?? '';
    let name = inherited;
    const rule = nodes.rule(index);
    const own = rule === null ? null : classOf(rule.tags);
    if (own !== null && own !== '') {
      name = inherited === '' ? own : `${inherited} ${own}`;
      if (rule!.mode === 1) inherited = name;
    }
    if (rule?.mode === 0) opaqueTo = nodes.to[index];
    begin(nodes.from[index], name);
    open.push({index, name, inherited});
  }
  while (open.length > 0) close();
  return spans;
}

/** Gives the colours of the stretches to the nodes at which they begin, and to those that are whole in them. */
function paint({from, to, parent}: LezerNodes, spans: readonly Span[]): (string | null)[] {
  const colors: (string | null)[] = new Array(from.length).fill(null);
  let last = -1;
  for (const span of spans) {
    while (last + 1 < from.length && from[last + 1] <= span.from) last++;
    let first = last;
    while (first >= 0 && to[first] <= span.from) first = parent[first];
    if (first >= 0) colors[first] = span.color;
    for (let index = last + 1; index < from.length && from[index] < span.to; index++) {
      if (to[index] <= span.to) colors[index] = span.color;
    }
  }
  return colors;
}

/** The colours of one code. */
export class LezerCache {
  private readonly ends: number[] = [];
  private readonly colors: (string | null)[] = [];
  /** Whether the stretch is one node: its characters belong together. */
  private readonly nodes: boolean[] = [];
  private last = 0;

  public constructor({from, to, parent}: LezerNodes, color: readonly (string | null)[], length: number) {
    const around: number[] = [];
    // Up to a place it is the innermost node that counts. One that has a colour goes on to its end,
    // over what else is in it.
    const goTo = (node: number | undefined, place: number) => {
      if (node === undefined || color[node] === null) this.add(place, null, false);
      else if (place > this.end()) this.add(to[node], color[node], true);
    };
    for (let index = 0; index < from.length; index++) {
      while (around.length > 0 && around[around.length - 1] !== parent[index]) {
        const left = around.pop()!;
        goTo(left, to[left]);
      }
      goTo(around.at(-1), from[index]);
      if (parent[index + 1] === index) around.push(index);
      else this.add(to[index], color[index], true);
    }
    for (let left = around.pop(); left !== undefined; left = around.pop()) goTo(left, to[left]);
    this.add(length, null, false);
  }

  /** What holds from a character on. */
  public at(index: number): HighlightResult {
    const {ends} = this;
    // Mostly asked for in order.
    let {last} = this;
    if (last >= ends.length || (last > 0 && ends[last - 1] > index)) last = 0;
    if (last + 1 < ends.length && ends[last] <= index) last = ends[last + 1] > index ? last + 1 : this.find(index);
    this.last = last;
    const end = ends[last];
    if (end === undefined || end <= index) return {color: null, skipAhead: 1};
    return {color: this.colors[last], skipAhead: this.nodes[last] ? end - index : 1};
  }

  private find(index: number): number {
    let [low, high] = [0, this.ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle] <= index) low = middle + 1;
      else high = middle;
    }
    return Math.min(low, this.ends.length - 1);
  }

  /** How far the colours are known. */
  private end(): number {
    return this.ends.length === 0 ? 0 : this.ends[this.ends.length - 1];
  }

  private add(end: number, color: string | null, isNode: boolean): void {
    if (end <= this.end()) return;
    this.ends.push(end);
    this.colors.push(color);
    this.nodes.push(isNode);
  }
}
