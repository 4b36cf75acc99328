import type {CodeKind, Lexeme} from './grammar';

const KEYWORDS = new Set(
  (
    'abstract as async await break case catch class const continue debugger declare default delete do else enum export ' +
    'extends finally for from function get if implements import in infer instanceof interface is keyof let namespace ' +
    'new of private protected public readonly return satisfies set static switch throw try type typeof var while with yield'
  ).split(' '),
);
/** Words that are keywords only before a name. */
const SOFT = new Set('abstract as async declare from get infer is namespace of readonly satisfies set static type'.split(' '));
const LITERALS = new Set('true false null undefined NaN Infinity this super'.split(' '));
const PRIMITIVES = new Set('any bigint boolean never number object string symbol unknown void'.split(' '));
/** What names after these words are called. */
const NAMING = new Set('class interface extends implements type enum new namespace function'.split(' '));
/** Words before parentheses that hold no parameters. */
const STATEMENTS = new Set('if for while switch with'.split(' '));
const WORD = /[\p{L}\p{N}_$]+/uy;
const NUMBER = /0[xXbBoO][\da-fA-F_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?n?/y;
const OPERATOR = /=>|\.\.\.|[=+\-*/%!&|^~<>?]+/y;

/** Tells the words of JavaScript, TypeScript and JSX apart. */
export class ScriptLexer {
  private readonly pieces: Lexeme[] = [];
  private at = 0;
  /** The last token that is neither white space nor a comment. */
  private last = '';
  /** Open brackets: whether parameters are in them. */
  private readonly brackets: boolean[] = [];

  public constructor(private readonly code: string) {}

  public lex(): Lexeme[] {
    while (this.at < this.code.length) {
      this.script();
      // A bracket that closes nothing.
      if (this.at < this.code.length) this.take(1, 'variable');
    }
    return this.pieces;
  }

  /** Reads until a `}` that is not opened here. */
  private script(): void {
    let depth = 0;
    while (this.at < this.code.length) {
      const {code, at} = this;
      const character = code[at];
      if (/\s/.test(character)) {
        this.take(1, 'variable');
      } else if (code.startsWith('//', at)) {
        this.takeTo(code.indexOf('\n', at), 'comment');
      } else if (code.startsWith('/*', at)) {
        const end = code.indexOf('*/', at + 2);
        this.takeTo(end < 0 ? -1 : end + 2, 'comment');
      } else if (character === '"' || character === "'") {
        this.string(character);
      } else if (character === '`') {
        this.template();
      } else if (character === '/' && this.isBeforeValue()) {
        this.expression();
      } else if (character === '<' && this.isBeforeValue() && /^<(?:[\p{L}_$>])/u.test(code.slice(at, at + 3))) {
        this.element();
      } else if (/\d/.test(character) || (character === '.' && /\d/.test(code[at + 1] ?? ''))) {
        this.token(this.match(NUMBER) || character, 'literal');
      } else if (/[\p{L}_$]/u.test(character)) {
        this.word(this.match(WORD));
      } else if ('([{'.includes(character)) {
        if (character === '{') depth++;
        this.brackets.push(character === '(' ? this.holdsParameters() : (this.brackets.at(-1) ?? false) && this.last !== '=>');
        this.token(character, 'variable');
      } else if (')]}'.includes(character)) {
        if (character === '}' && depth-- === 0) return;
        this.brackets.pop();
        this.token(character, 'variable');
      } else if (character === ':') {
        this.token(character, this.isAnnotation() ? 'keyword' : 'variable');
      } else {
        const operator = this.match(OPERATOR);
        this.token(operator || character, operator ? 'keyword' : 'variable');
      }
    }
  }

  private word(word: string): void {
    const {code, last} = this;
    const end = this.at + word.length;
    const rest = code.slice(end, end + 200);
    const isMember = last === '.' || last === '?.';
    const isCalled = /^\s*(?:<[\w\s,.|[\]]*>)?\(/.test(rest);
    const isKey = /^\s*:/.test(rest) && (last === '{' || last === ',');
    const isKeyword = KEYWORDS.has(word) && !isMember && !isKey && (!SOFT.has(word) || /^\s*[\p{L}_$*{["'`@(]/u.test(rest));
    this.token(word, isKeyword && !(SOFT.has(word) && isCalled) ? 'keyword' : this.kindOf(word, {isMember, isCalled, rest}));
  }

  private kindOf(word: string, {isMember, isCalled, rest}: {isMember: boolean; isCalled: boolean; rest: string}): CodeKind {
    const {last} = this;
    if (LITERALS.has(word) && !isMember) return 'literal';
    if (/^\s*=>/.test(rest)) return 'parameter';
    if (isCalled || (NAMING.has(last) && !isMember)) return 'entityName';
    const isTyped = last === ':' || last === '|' || last === '<' || last === 'as' || last === '&';
    if (PRIMITIVES.has(word) && isTyped) return 'literal';
    if (this.brackets.at(-1) && ['(', ',', '{', '[', '...'].includes(last)) return 'parameter';
    if (isTyped && /^\p{Lu}/u.test(word)) return 'entityName';
    if (last === 'const') return 'literal';
    if (/^[A-Z][A-Z\d_]+$/.test(word)) return 'literal';
    return 'variable';
  }

  private string(quote: string): void {
    this.take(1, 'stringPunctuation');
    let end = this.at;
    while (end < this.code.length && this.code[end] !== quote && this.code[end] !== '\n') {
      end += this.code[end] === '\\' ? 2 : 1;
    }
    this.takeTo(Math.min(end, this.code.length), 'stringContent');
    if (this.code[this.at] === quote) this.take(1, 'stringPunctuation');
    this.last = 'string';
  }

  private template(): void {
    this.take(1, 'stringPunctuation');
    let end = this.at;
    for (;;) {
      const character = this.code[end];
      if (character === undefined || character === '`') break;
      if (character === '$' && this.code[end + 1] === '{') {
        this.takeTo(end, 'stringContent');
        this.take(2, 'stringPunctuation');
        this.last = '{';
        this.script();
        if (this.code[this.at] === '}') this.take(1, 'stringPunctuation');
        end = this.at;
        continue;
      }
      end += character === '\\' ? 2 : 1;
    }
    this.takeTo(Math.min(end, this.code.length), 'stringContent');
    if (this.code[this.at] === '`') this.take(1, 'stringPunctuation');
    this.last = 'string';
  }

  private expression(): void {
    const match = /^\/((?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\\\n])+)\/([a-z]*)/.exec(this.code.slice(this.at));
    if (match === null) {
      this.token('/', 'keyword');
      return;
    }
    this.take(1, 'stringPunctuation');
    this.take(match[1].length, 'regexpContent');
    this.take(1, 'stringPunctuation');
    this.take(match[2].length, 'keyword');
    this.last = 'string';
  }

  /** Reads a JSX element with all that is in it. */
  private element(): void {
    let depth = 0;
    do {
      const isClosing = this.code[this.at + 1] === '/';
      this.take(isClosing ? 2 : 1, 'variable');
      const name = /^[\p{L}\p{N}_$.:-]*/u.exec(this.code.slice(this.at))![0];
      this.take(name.length, /^[a-z]/.test(name) && !name.includes('.') ? 'tag' : 'literal');
      const isEmpty = this.attributes();
      if (isClosing) depth--;
      else if (!isEmpty) depth++;
      if (depth > 0) this.content();
    } while (depth > 0 && this.at < this.code.length);
    this.last = ')';
  }

  /** Reads to the end of a tag; tells whether the element ends with it. */
  private attributes(): boolean {
    while (this.at < this.code.length) {
      const character = this.code[this.at];
      if (character === '>') {
        this.take(1, 'variable');
        return false;
      }
      if (this.code.startsWith('/>', this.at)) {
        this.take(2, 'variable');
        return true;
      }
      if (character === '{') this.embedded();
      else if (character === '"' || character === "'") this.string(character);
      else if (character === '=') this.take(1, 'keyword');
      else if (/[\p{L}_$]/u.test(character)) this.take(/^[\p{L}\p{N}_$:-]*/u.exec(this.code.slice(this.at))![0].length, 'entityName');
      else this.take(1, 'variable');
    }
    return true;
  }

  /** Reads what is between tags. */
  private content(): void {
    while (this.at < this.code.length && this.code[this.at] !== '<') {
      if (this.code[this.at] === '{') this.embedded();
      else this.take(1, 'variable');
    }
  }

  private embedded(): void {
    this.token('{', 'stringPunctuation');
    this.script();
    if (this.code[this.at] === '}') this.token('}', 'stringPunctuation');
  }

  /** Whether a value may begin here, so that a slash or an angle opens something. */
  private isBeforeValue(): boolean {
    const {last} = this;
    if (last === '' || KEYWORDS.has(last)) return true;
    return !/[\p{L}\p{N}_$)\]}]$/u.test(last);
  }

  /** Whether the parenthesis that opens here holds parameters. */
  private holdsParameters(): boolean {
    let depth = 0;
    let end = this.at;
    const most = Math.min(this.code.length, this.at + 2000);
    for (; end < most; end++) {
      if (this.code[end] === '(') depth++;
      else if (this.code[end] === ')' && --depth === 0) break;
    }
    const rest = this.code.slice(end + 1, end + 200);
    if (/^\s*(?::[^=;{}()]*)?=>/.test(rest)) return true;
    return /^\s*(?::[^=;{}()]*)?\{/.test(rest) && !STATEMENTS.has(this.last);
  }

  /** Whether a colon stands before a type, or between the values of a choice. */
  private isAnnotation(): boolean {
    return this.brackets.length === 0 || this.brackets.at(-1)! || this.last === ')';
  }

  private match(expression: RegExp): string {
    expression.lastIndex = this.at;
    return expression.exec(this.code)?.[0] ?? '';
  }

  private token(text: string, kind: CodeKind): void {
    this.take(text.length, kind);
    this.last = text;
  }

  private takeTo(end: number, kind: CodeKind): void {
    this.take((end < 0 ? this.code.length : end) - this.at, kind);
  }

  private take(length: number, kind: CodeKind): void {
    if (length <= 0) return;
    const text = this.code.slice(this.at, this.at + length);
    this.at += length;
    const before = this.pieces.at(-1);
    if (before?.kind === kind) before.text += text;
    else this.pieces.push({text, kind});
  }
}
