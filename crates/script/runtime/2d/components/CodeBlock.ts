import {Color, Vector2, clampRemap, easeInOutSine, map, tween, unwrap, waitFor} from '@revideo/core';
import type {
  Signal,
  SignalValue,
  SimpleSignal,
  ThreadGenerator,
  TimingFunction,
} from '@revideo/core';
import {cleanTree, isModification, leastIndent, parseTree, treeChanges, treeText} from '../code/codeTree';
import type {BlockCode, CodeModification, CodeTree, TreeChange} from '../code/codeTree';
import {lexemes} from '../code/grammar';
import type {CodeKind} from '../code/grammar';
import {
  isPointInCodeSelection,
  lines as lineRange,
  parseCodeSelection,
  pointToPoint,
  word as wordRange,
} from '../code/range';
import type {CodePoint, CodeRange, CodeSelection, PossibleCodeSelection} from '../code/range';
import {PlacedTexts} from '../code/PlacedTexts';
import {computed} from '../decorators/computed';
import {nodeName} from '../decorators/nodeName';
import {cloneable, initial, parser, signal} from '../decorators/signal';
import {nodeKind} from '../native/nodeKind';
import {CodeShape} from './CodeShape';
import type {ShapeProps} from './Shape';

/** Colours of code, by what it is. */
export type CodeStyle = Partial<
  Record<
    | 'stringContent'
    | 'stringPunctuation'
    | 'comment'
    | 'variable'
    | 'parameter'
    | 'regexpContent'
    | 'literal'
    | 'keyword'
    | 'entityName',
    {text: string}
  >
>;

export interface CodeProps extends Omit<ShapeProps, 'children'> {
  language?: string;
  children?: BlockCode;
  code?: SignalValue<BlockCode>;
  selection?: PossibleCodeSelection;
  theme?: CodeStyle | null;
  unselectedOpacity?: SignalValue<number>;
}

const COLORS: Record<CodeKind, string> = {
  comment: '#8b949e',
  literal: '#79c0ff',
  entityName: '#d2a8ff',
  tag: '#7ee787',
  keyword: '#ff7b72',
  stringContent: '#a5d6ff',
  stringPunctuation: '#a5d6ff',
  regexpContent: '#a5d6ff',
  parameter: '#ffa657',
  variable: '#c9d1d9',
};

/** A character at its place, where it has one, before and after a change. */
interface Cell {
  text: string;
  kind: TreeChange['kind'];
  color: Color;
  from: CodePoint | null;
  to: CodePoint | null;
}

/** Code in the colours of GitHub, which changes by parts. `Code` is its successor. */
@nodeName('CodeBlock')
@nodeKind('code')
export class CodeBlock extends CodeShape {
  @initial('tsx')
  @signal()
  declare public readonly language: SimpleSignal<string, this>;

  @initial('')
  @parser(function (this: CodeBlock, code: BlockCode) {
    return parseTree(code, this.language());
  })
  @signal()
  declare public readonly code: Signal<BlockCode, CodeTree, this>;

  @initial(null)
  @signal()
  declare public readonly theme: SimpleSignal<CodeStyle | null, this>;

  /** How opaque code is that is not selected. */
  @initial(0.32)
  @signal()
  declare public readonly unselectedOpacity: SimpleSignal<number, this>;

  /** How far a tween of the code is. */
  @cloneable(false)
  @initial(null)
  @signal()
  declare public readonly codeProgress: SimpleSignal<number | null, this>;

  private oldCode: CodeTree | null = null;

  public constructor({children, ...props}: CodeProps = {}) {
    super({fontFamily: 'monospace', ...props});
    if (children !== undefined) this.code(children);
  }

  /** How many lines the code has. */
  public lineCount(): number {
    return treeText(this.code()).split('\n').length;
  }

  /** Shows how parts of the code become others, and selects what has come. */
  public edit(
    duration = 0.6,
    changeSelection: PossibleCodeSelection | boolean = true,
  ): (strings: TemplateStringsArray, ...parts: (BlockCode | CodeModification)[]) => ThreadGenerator {
    return (strings, ...parts) => this.#edit(strings, parts, duration, changeSelection);
  }

  *#edit(
    strings: TemplateStringsArray,
    parts: (BlockCode | CodeModification)[],
    duration: number,
    changeSelection: PossibleCodeSelection | boolean,
  ): ThreadGenerator {
    const side = (name: 'from' | 'to') => parts.map(part => (isModification(part) ? part[name] : part));
    const language = this.language();
    const spans = [...strings];
    const trees = [side('from'), side('to')].map(nodes => ({language, spans, nodes}));
    const indent = Math.min(...trees.map(leastIndent));
    const [source, target] = trees.map(tree => cleanTree(tree, indent));
    this.code(source);
    if (changeSelection === false) {
      yield* this.code(target, duration);
      return;
    }
    const selection = changeSelection === true ? created(source, target) : parseCodeSelection(changeSelection);
    // The code goes on changing after the selection has come to rest.
    yield this.code(target, duration);
    yield* waitFor(duration * 0.2);
    yield* this.selection([], duration * 0.3);
    yield* this.selection(selection, duration * 0.3);
  }

  /** Lets the code become another one. */
  protected *tweenCode(value: SignalValue<BlockCode>, time: number, timing: TimingFunction): ThreadGenerator {
    this.oldCode = this.code();
    this.codeProgress(0);
    this.code(value);
    yield* tween(time, progress => {
      this.codeProgress(timing(progress));
    });
    this.codeProgress(null);
    this.oldCode = null;
  }

  /** Width and height of a character. */
  protected characterSize(): Vector2 {
    const font = this.$$font();
    return new Vector2(font.mono, this.$$lineHeight());
  }

  /** Width and height as the stage takes them. */
  public $$encodeSize(): [number, number] {
    const {x, y} = this.characterSize();
    const now = extent(treeText(this.code()));
    const progress = this.codeProgress();
    if (progress === null) return [now.x * x, now.y * y];
    const size = Vector2.lerp(extent(treeText(this.oldCode!)), now, travel(progress));
    return [size.x * x, size.y * y];
  }

  /** The characters, a line for each, and of each where its baseline begins and its colour. */
  public $$encodeTexts(): [string, number[]] | null {
    const {emAscent} = this.$$font();
    const size = this.characterSize();
    const progress = this.codeProgress();
    const texts = new PlacedTexts(this.key);
    const unselected = this.unselectedOpacity();
    const selected = this.#selected();
    for (const {text, kind, color, from, to} of this.$$cells()) {
      const [line, column] = kind === 'retain' ? between(from!, to!, progress) : (from ?? to)!;
      let opacity = map(unselected, 1, selected((to ?? from)!));
      if (kind === 'delete') opacity *= clampRemap(0, 0.35, 1, 0, progress ?? 1);
      if (kind === 'create') opacity *= clampRemap(0.65, 1, 0, 1, progress ?? 1);
      texts.put(text, column * size.x, line * size.y + emAscent, color, opacity);
    }
    return texts.encode();
  }

  /** The characters of the code, and of the one that it comes from. */
  @computed()
  public $$cells(): Cell[] {
    const code = this.code();
    const old = this.codeProgress() === null ? code : (this.oldCode ?? code);
    const theme = this.theme() ?? {};
    const colors = new Map<CodeKind, Color>();
    for (const [kind, color] of Object.entries(COLORS) as [CodeKind, string][]) {
      colors.set(kind, new Color(theme[kind as keyof CodeStyle]?.text ?? color));
    }
    const colored = (tree: CodeTree) =>
      lexemes(treeText(tree), tree.language).flatMap(({text, kind}) => Array.from(text, () => colors.get(kind)!));
    const after = colored(code);
    const before = old === code ? after : colored(old);
    const changes: TreeChange[] = old === code ? [{kind: 'retain', text: treeText(code)}] : treeChanges(old, code);
    const cells: Cell[] = [];
    const from = {index: 0, point: [0, 0] as CodePoint};
    const to = {index: 0, point: [0, 0] as CodePoint};
    for (const {kind, text} of changes) {
      for (const character of text) {
        const isOld = kind !== 'create';
        const isNew = kind !== 'delete';
        if (character !== '\n') {
          cells.push({
            text: character,
            kind,
            color: (isNew ? after[to.index] : before[from.index]) ?? colors.get('variable')!,
            from: isOld ? from.point : null,
            to: isNew ? to.point : null,
          });
        }
        if (isOld) step(from, character);
        if (isNew) step(to, character);
      }
    }
    return cells;
  }

  /** Tells how much a character is selected. */
  #selected(): (point: CodePoint) => number {
    const selection = this.selection();
    const progress = this.selectionProgress();
    const now = (point: CodePoint) => Number(isPointInCodeSelection(point, selection));
    if (progress === null) return now;
    const old = this.oldSelection ?? [];
    return point => map(Number(isPointInCodeSelection(point, old)), now(point), progress);
  }
}

function step(at: {index: number; point: CodePoint}, character: string): void {
  at.index++;
  at.point = character === '\n' ? [at.point[0] + 1, 0] : [at.point[0], at.point[1] + 1];
}

/** How far what stays has moved. */
function travel(progress: number): number {
  return easeInOutSine(clampRemap(0.2, 0.8, 0, 1, progress));
}

function between(from: CodePoint, to: CodePoint, progress: number | null): CodePoint {
  if (progress === null) return to;
  const way = travel(progress);
  return [map(from[0], to[0], way), map(from[1], to[1], way)];
}

/** Columns and lines of a text. */
function extent(text: string): Vector2 {
  const all = text.split('\n');
  return new Vector2(all.reduce((most, line) => Math.max(most, Array.from(line).length), 0), all.length);
}

/** Where code has come in; all of it if nowhere. */
function created(from: CodeTree, to: CodeTree): CodeSelection {
  const ranges: CodeRange[] = [];
  const at = {index: 0, point: [0, 0] as CodePoint};
  for (const {kind, text} of treeChanges(from, to)) {
    if (kind === 'delete') continue;
    const start = at.point;
    for (const character of text) step(at, character);
    if (kind === 'create') ranges.push([start, at.point]);
  }
  return ranges.length === 0 ? lines(0, Infinity) : ranges;
}

/** Code that comes in. */
export function insert(content: BlockCode): CodeModification {
  return {from: '', to: unwrap(content)};
}

/** Code that goes. */
export function remove(content: BlockCode): CodeModification {
  return {from: unwrap(content), to: ''};
}

/** Code that becomes other code. */
export function edit(from: BlockCode, to: BlockCode): CodeModification {
  return {from: unwrap(from), to: unwrap(to)};
}

/** Whole lines, both ends included. */
export function lines(from: number, to?: number): CodeRange[] {
  return [lineRange(from, to)];
}

/** A piece of one line. */
export function word(line: number, from: number, length?: number): CodeRange[] {
  return [wordRange(line, from, length)];
}

/** A stretch between two points. */
export function range(startLine: number, startColumn: number, endLine: number, endColumn: number): CodeRange[] {
  return [pointToPoint(startLine, startColumn, endLine, endColumn)];
}
