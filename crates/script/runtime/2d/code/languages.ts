/** What has to be known of a language to tell its words apart. */
interface Language {
  /** Finds comments, strings, numbers, words and operators. */
  expression: RegExp;
  keywords: ReadonlySet<string>;
  literals: ReadonlySet<string>;
  ignoresCase: boolean;
}

interface Sketch {
  /** Expressions for comments. */
  comment: string;
  keywords: string;
  literals?: string;
  strings?: string;
  ignoresCase?: boolean;
}

const SLASHES = '//[^\\n]*|/\\*[^]*?(?:\\*/|$)';
const HASH = '#[^\\n]*';
const DOUBLE = '"(?:\\\\[^]|[^"\\\\\\n])*"?';
const SINGLE = "'(?:\\\\[^]|[^'\\\\\\n])*'?";

function language({comment, keywords, literals = '', strings = `${DOUBLE}|${SINGLE}`, ignoresCase}: Sketch): Language {
  const expression =
    `(?<comment>${comment})|(?<string>${strings})|(?<number>\\b\\d[\\w.]*)|` +
    '(?<word>[\\p{L}_$][\\p{L}\\p{N}_$]*)|[=+\\-*/%!&|^~<>?]+';
  return {
    expression: new RegExp(expression, 'gu'),
    keywords: new Set(keywords.split(' ')),
    literals: new Set(literals.split(' ')),
    ignoresCase: ignoresCase ?? false,
  };
}

const C =
  'auto break case char const continue default do double else enum extern float for goto if inline int long register ' +
  'return short signed sizeof static struct switch typedef union unsigned void volatile while';
const CPP =
  `${C} alignas alignof bool catch class concept consteval constexpr decltype delete explicit export final friend ` +
  'mutable namespace new noexcept operator override private protected public requires template throw try typename ' +
  'using virtual';
const JAVA =
  'abstract assert boolean break byte case catch char class const continue default do double else enum extends final ' +
  'finally float for if implements import instanceof int interface long native new package private protected public ' +
  'record return sealed short static switch synchronized throw throws transient try var void volatile while yield';

/** Languages other than JavaScript and TypeScript, by all their names. */
export const LANGUAGES: Record<string, Language | undefined> = {};

const sketches: [names: string, sketch: Sketch][] = [
  ['json jsonc', {comment: SLASHES, keywords: '', literals: 'true false null', strings: DOUBLE}],
  ['c h', {comment: SLASHES, keywords: C, literals: 'NULL true false'}],
  ['cpp c++ cc hpp', {comment: SLASHES, keywords: CPP, literals: 'nullptr true false this'}],
  ['java', {comment: SLASHES, keywords: JAVA, literals: 'true false null this super'}],
  [
    'cs csharp c#',
    {
      comment: SLASHES,
      keywords: `${JAVA} as async await base bool checked decimal delegate event foreach get in internal is lock namespace object out override params readonly ref sbyte set string struct uint ulong unchecked using virtual where`,
      literals: 'true false null this',
    },
  ],
  [
    'go golang',
    {
      comment: SLASHES,
      keywords:
        'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var',
      literals: 'true false nil iota',
      strings: `${DOUBLE}|${SINGLE}|\`[^\`]*\`?`,
    },
  ],
  [
    'rs rust',
    {
      comment: SLASHES,
      keywords:
        'as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub ref return static struct super trait type union unsafe use where while',
      literals: 'true false self Self None Some Ok Err',
      strings: `${DOUBLE}|'(?:\\\\[^]|[^'\\\\\\n])'`,
    },
  ],
  [
    'kt kotlin swift',
    {
      comment: SLASHES,
      keywords:
        'as break case class companion continue data default defer do else enum extension fallthrough for fun func guard if import in init inout interface internal is let object open operator override package private protocol public return sealed static struct super suspend switch throw throws try typealias val var when where while',
      literals: 'true false null nil this self',
    },
  ],
  [
    'py python',
    {
      comment: HASH,
      keywords:
        'and as assert async await break class continue def del elif else except finally for from global if import in is lambda match case nonlocal not or pass raise return try while with yield',
      literals: 'True False None self',
      strings: `"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|${DOUBLE}|${SINGLE}`,
    },
  ],
  [
    'rb ruby',
    {
      comment: HASH,
      keywords:
        'alias and begin break case class def defined do else elsif end ensure for if in module next not or redo rescue retry return then undef unless until when while yield require',
      literals: 'true false nil self',
    },
  ],
  [
    'sh bash shell zsh',
    {
      comment: HASH,
      keywords: 'case do done elif else esac fi for function if in select then until while export local return set',
      literals: 'true false',
    },
  ],
  [
    'sql',
    {
      comment: '--[^\\n]*|/\\*[^]*?(?:\\*/|$)',
      keywords:
        'add all alter and as asc between by case create cross delete desc distinct drop else end exists from full group having in index inner insert into is join key left like limit not on or order outer primary references right select set table then union unique update values view when where with',
      literals: 'null true false',
      ignoresCase: true,
    },
  ],
  ['yml yaml toml', {comment: HASH, keywords: '', literals: 'true false null yes no'}],
  ['css scss less', {comment: SLASHES, keywords: 'important media import keyframes supports from to'}],
  [
    'html xml svg',
    {comment: '<!--[^]*?(?:-->|$)', keywords: '', strings: `${DOUBLE}|${SINGLE}`},
  ],
];
for (const [names, sketch] of sketches) {
  const known = language(sketch);
  for (const name of names.split(' ')) LANGUAGES[name] = known;
}
