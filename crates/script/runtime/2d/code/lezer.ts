/**
 * What is known here of Lezer's syntax trees and highlighting tags. The packages are the users' own:
 * nothing of them is imported, so their objects are told by their form.
 */

/** A parser, such as `parser` of `@lezer/javascript`. */
export interface LezerParser {
  parse(code: string): LezerTree;
}

/** A syntax tree, or one in another. */
export interface LezerTree {
  readonly type: LezerType;
  readonly length: number;
  readonly children: readonly (LezerTree | LezerBuffer)[];
  /** Where each child begins. */
  readonly positions: readonly number[];
  readonly props?: Record<number, unknown> | null;
}

/** Small nodes, four numbers each: type, beginning, end, and where the ones after those in it are. */
export interface LezerBuffer {
  readonly buffer: Uint16Array;
  readonly set: {readonly types: readonly LezerType[]};
}

/** A kind of syntax node. */
export interface LezerType {
  readonly name: string;
  /** Whether its nodes are there for the parser's sake only. */
  readonly isAnonymous: boolean;
  readonly props: Record<number, unknown>;
}

/** Which tags syntax nodes of a type have. */
interface TagRule {
  tags: readonly LezerTag[];
  /** 0: what is inside has no tags of its own; 1: what is inside has these too; 2 is usual. */
  mode: number;
  context: readonly string[] | null;
  next?: TagRule;
}

/** A highlighting tag. */
export interface LezerTag {
  id: number;
  /** The tag and those that it falls back to, best first. */
  set: readonly LezerTag[];
  name?: string;
  base: LezerTag | null;
  modified: readonly {id: number; name?: string}[];
}

/** What gives tags their classes, such as a `HighlightStyle` of `@codemirror/language`. */
export interface LezerStyle {
  style(tags: readonly LezerTag[]): string | null;
  /** The rules of its classes. */
  module?: {getRules?(): string; rules?: readonly string[]} | null;
}

const rules = new WeakMap<LezerType, TagRule | null>();

/** The nodes of a tree that are not empty, those that others are in first. */
export class LezerNodes {
  public readonly types: LezerType[] = [];
  public readonly from: number[] = [];
  public readonly to: number[] = [];
  /** Which node each is in; −1 for the outermost. */
  public readonly parent: number[] = [];

  public constructor(tree: LezerTree) {
    // Trees are as deep as users' code: what is open lies on a list.
    const open: {tree: LezerTree; offset: number; next: number; index: number}[] = [];
    const enter = (child: LezerTree, offset: number, parent: number) => {
      const {type, length} = child;
      const isSeen = length > 0 && !type.isAnonymous;
      open.push({tree: mounted(child), offset, next: 0, index: isSeen ? this.add(type, offset, offset + length, parent) : parent});
    };
    enter(tree, 0, -1);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const {tree: {children, positions}, offset, index} = top;
      const child = children[top.next];
      const at = offset + positions[top.next];
      top.next++;
      if (child === undefined) open.pop();
      else if ('buffer' in child) this.addAll(child, at, index);
      else enter(child, at, index);
    }
  }

  /** Whether no other node is in a node. */
  public isLeaf(index: number): boolean {
    return this.parent[index + 1] !== index;
  }

  /** The rule for a node, if it has any. */
  public rule(index: number): TagRule | null {
    const type = this.types[index];
    let rule = rules.get(type);
    if (rule === undefined) {
      rule = Object.values(type.props).find(isRule) ?? null;
      rules.set(type, rule);
    }
    while (rule !== null && rule.context !== null && !this.isWithin(index, rule.context)) rule = rule.next ?? null;
    return rule;
  }

  /** Whether a node is in nodes of these names, the nearest last; an empty name stands for any. */
  private isWithin(index: number, names: readonly string[]): boolean {
    let above = this.parent[index];
    for (let place = names.length - 1; place >= 0; place--, above = this.parent[above]) {
      if (above < 0 || (names[place] !== '' && names[place] !== this.types[above].name)) return false;
    }
    return true;
  }

  private addAll({buffer, set: {types}}: LezerBuffer, offset: number, parent: number): void {
    const ends: number[] = [];
    const parents = [parent];
    for (let place = 0; place < buffer.length; place += 4) {
      while (ends.length > 0 && ends[ends.length - 1] <= place) {
        ends.pop();
        parents.pop();
      }
      const around = parents[parents.length - 1];
      const [from, to, end] = [buffer[place + 1], buffer[place + 2], buffer[place + 3]];
      const type = types[buffer[place]];
      const isSeen = from < to && !type.isAnonymous;
      const index = isSeen ? this.add(type, offset + from, offset + to, around) : around;
      if (end <= place + 4) continue;
      ends.push(end);
      parents.push(index);
    }
  }

  private add(type: LezerType, from: number, to: number, parent: number): number {
    this.types.push(type);
    this.from.push(from);
    this.to.push(to);
    return this.parent.push(parent) - 1;
  }
}

/** The tree of another language that stands in the place of a node, or the node's own. */
function mounted(tree: LezerTree): LezerTree {
  if (tree.props === null || tree.props === undefined) return tree;
  for (const value of Object.values(tree.props) as {tree?: LezerTree; overlay?: unknown}[]) {
    if (value?.overlay === null && value.tree !== undefined) return value.tree;
  }
  return tree;
}

function isRule(value: any): value is TagRule {
  return Array.isArray(value?.tags) && typeof value.mode === 'number' && value.context !== undefined;
}

/** The names of tags by their numbers: before version 1.2.1 of `@lezer/highlight` they have no others. */
const NAMES = (
  'comment name typeName propertyName literal string number content heading keyword operator punctuation ' +
  'bracket meta lineComment blockComment docComment variableName tagName attributeName className labelName ' +
  'namespace macroName docString character attributeValue integer float bool regexp escape color url self ' +
  'null atom unit modifier operatorKeyword controlKeyword definitionKeyword moduleKeyword derefOperator ' +
  'arithmeticOperator logicOperator bitwiseOperator compareOperator updateOperator definitionOperator ' +
  'typeOperator controlOperator separator angleBracket squareBracket paren brace heading1 heading2 heading3 ' +
  'heading4 heading5 heading6 contentSeparator list quote emphasis strong link monospace strikethrough ' +
  'inserted deleted changed invalid documentMeta annotation processingInstruction'
).split(' ');
const MODIFIERS = ['definition', 'constant', 'function', 'standard', 'local', 'special'];

/** The name of a tag: `keyword`, `definition(variableName)`. */
export function tagName(tag: LezerTag): string {
  const base = tag.base ?? tag;
  let name = base.name ?? tag.name ?? NAMES[base.id] ?? '';
  for (const modifier of tag.modified) name = `${modifier.name ?? MODIFIERS[modifier.id]}(${name})`;
  return name;
}
