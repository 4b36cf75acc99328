import {patienceDiff} from './patienceDiff';
import {shownValue} from './shownValue';

/** Code as `CodeBlock` has it: fixed texts, and between them parts that may become others. */
export interface CodeTree {
  language: string;
  spans: string[];
  nodes: BlockCode[];
}

/** Code of a `CodeBlock`. */
export type BlockCode = CodeTree | string;

/** A part of a code that becomes another. */
export interface CodeModification {
  from: BlockCode;
  to: BlockCode;
}

/** Whether a value is a tree of code. */
function isTree(value: unknown): value is CodeTree {
  return Array.isArray((value as CodeTree | null)?.spans) && Array.isArray((value as CodeTree).nodes);
}

/** Whether a value is a change within code. */
export function isModification(value: unknown): value is CodeModification {
  const {from, to} = (value ?? {}) as Partial<CodeModification>;
  return from !== undefined && to !== undefined;
}

/**
 * A tree from what a user gave. A text that begins with a line break loses it, and the indentation that
 * all its lines have.
 *
 * @throws an error that says what code is.
 */
export function parseTree(value: unknown, language: string): CodeTree {
  if (isTree(value)) return value;
  if (typeof value !== 'string') throw new Error(`the code of a \`CodeBlock\` is a text, and not ${shownValue(value)}`);
  const tree = {language, spans: [value], nodes: []};
  return cleanTree(tree, leastIndent(tree));
}

/** The indentation that all lines after a break have; none of a text without breaks. */
export function leastIndent(tree: CodeTree): number {
  let least = Infinity;
  for (const [, indent] of treeText(tree).matchAll(/\n([ \t]*)(?=\S)/g)) least = Math.min(least, indent.length);
  return Number.isFinite(least) ? least : 0;
}

/** A tree without the line break that it begins with, and without so much indentation. */
export function cleanTree(tree: CodeTree, indent: number): CodeTree {
  if (!tree.spans[0]?.startsWith('\n')) return tree;
  const cut = new RegExp(`\\n[ \\t]{0,${indent}}`, 'g');
  const clean = (text: string) => text.replace(cut, '\n');
  return {
    ...tree,
    spans: tree.spans.map((span, index) => (index === 0 ? clean(span).slice(1) : clean(span))),
    nodes: tree.nodes.map(node => (typeof node === 'string' ? clean(node) : node)),
  };
}

/** The text of code. */
export function treeText(code: BlockCode): string {
  if (typeof code === 'string') return code;
  let text = '';
  for (let index = 0; index < code.spans.length; index++) {
    text += code.spans[index];
    if (index < code.nodes.length) text += treeText(code.nodes[index]);
  }
  return text;
}

/** A part of a change: what stays, goes or comes. */
export interface TreeChange {
  kind: 'retain' | 'delete' | 'create';
  text: string;
}

/** How a code becomes another: by their parts where they have the same fixed texts, else by their words. */
export function treeChanges(from: CodeTree, to: CodeTree): TreeChange[] {
  const changes: TreeChange[] = [];
  const add = (kind: TreeChange['kind'], text: string) => {
    if (text !== '') changes.push({kind, text});
  };
  const isSame = from.spans.length === to.spans.length && from.spans.every((span, index) => span === to.spans[index]);
  if (isSame && from.nodes.length > 0) {
    for (let index = 0; index < from.spans.length; index++) {
      add('retain', from.spans[index]);
      if (index >= from.nodes.length) continue;
      const [before, after] = [treeText(from.nodes[index]), treeText(to.nodes[index])];
      if (before === after) {
        add('retain', before);
      } else {
        add('delete', before);
        add('create', after);
      }
    }
    return changes;
  }
  const words = (tree: CodeTree) => treeText(tree).match(/[\p{L}\p{N}_$]+|\s|[^]/gu) ?? [];
  for (const {line, aIndex, bIndex} of patienceDiff(words(from), words(to)).lines) {
    add(bIndex < 0 ? 'delete' : aIndex < 0 ? 'create' : 'retain', line);
  }
  return changes;
}
