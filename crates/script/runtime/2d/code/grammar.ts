import {LANGUAGES} from './languages';
import {ScriptLexer} from './scriptLexer';

/** What a piece of code is, as far as it has a colour of its own. */
export type CodeKind =
  | 'comment'
  | 'literal'
  | 'entityName'
  | 'tag'
  | 'keyword'
  | 'stringContent'
  | 'stringPunctuation'
  | 'regexpContent'
  | 'parameter'
  | 'variable';

/** Neighbouring characters of one kind. */
export interface Lexeme {
  text: string;
  kind: CodeKind;
}

const SCRIPTS = new Set('js jsx mjs cjs javascript ts tsx mts cts typescript'.split(' '));

/** Code cut into pieces of one kind; all of it is plain where nobody knows the language. */
export function lexemes(code: string, language: string): Lexeme[] {
  const name = language.toLowerCase();
  if (SCRIPTS.has(name)) return new ScriptLexer(code).lex();
  const grammar = LANGUAGES[name];
  if (grammar === undefined) return [{text: code, kind: 'variable'}];
  const pieces: Lexeme[] = [];
  let at = 0;
  const add = (to: number, kind: CodeKind) => {
    if (to > at) pieces.push({text: code.slice(at, to), kind});
    at = to;
  };
  for (const match of code.matchAll(grammar.expression)) {
    const {comment, string, number, word} = match.groups!;
    const end = match.index + match[0].length;
    add(match.index, 'variable');
    if (comment !== undefined) {
      add(end, 'comment');
    } else if (string !== undefined) {
      add(at + 1, 'stringPunctuation');
      add(Math.max(at, end - 1), 'stringContent');
      add(end, 'stringPunctuation');
    } else if (number !== undefined) {
      add(end, 'literal');
    } else if (word !== undefined) {
      const key = grammar.ignoresCase ? word.toLowerCase() : word;
      const isCall = /^\s*\(/.test(code.slice(end, end + 20));
      if (grammar.keywords.has(key)) add(end, 'keyword');
      else if (grammar.literals.has(key)) add(end, 'literal');
      else add(end, isCall ? 'entityName' : 'variable');
    } else {
      add(end, 'keyword');
    }
  }
  add(code.length, 'variable');
  return pieces;
}
