/** The language of a list of locales, lower case: `en` where none is named. */
function language(locales: unknown): string {
  const tag = String([locales].flat()[0] ?? 'en');
  return tag.toLowerCase().split(/[-_]/)[0];
}

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** A number as the rules see it: itself, its whole part, how many decimals it shows. */
type Rule = (n: number, i: number, v: number) => Plural;

const ofSlavs: Rule = (_, i, v) => {
  if (v > 0) return 'other';
  const [ones, tens] = [i % 10, i % 100];
  if (ones === 1 && tens !== 11) return 'one';
  return ones >= 2 && ones <= 4 && !(tens >= 12 && tens <= 14) ? 'few' : 'many';
};
const never: Rule = () => 'other';
const single: Rule = (_, i, v) => (i === 1 && v === 0 ? 'one' : 'other');
const one: Rule = n => (n === 1 ? 'one' : 'other');
const millions = (rule: Rule): Rule => (n, i, v) => {
  const plain = rule(n, i, v);
  return plain === 'other' && v === 0 && i !== 0 && i % 1e6 === 0 ? 'many' : plain;
};
const zeroToOne: Rule = (_, i) => (i <= 1 ? 'one' : 'other');

/** The languages whose rules are known, by the rule. */
const CARDINAL: [string, Rule][] = [
  ['ja zh ko th vi id ms lo my', never],
  ['en de nl sv fi et', single],
  ['tr hu el bg no nb nn', one],
  ['it ca', millions(single)],
  ['es', millions(one)],
  ['fr pt', millions(zeroToOne)],
  ['hi bn fa', (n, i) => (i === 0 || n === 1 ? 'one' : 'other')],
  ['ru uk', ofSlavs],
  ['pl', (n, i, v) => (v > 0 ? 'other' : i === 1 ? 'one' : ofSlavs(n, i, v) === 'one' ? 'many' : ofSlavs(n, i, v))],
  ['cs sk', (_, i, v) => (v > 0 ? 'many' : i === 1 ? 'one' : i >= 2 && i <= 4 ? 'few' : 'other')],
  ['he', (_, i, v) => ((i === 1 && v === 0) || (i === 0 && v > 0) ? 'one' : i === 2 && v === 0 ? 'two' : 'other')],
  [
    'ar',
    (n, i, v) => {
      if (v === 0 && n <= 2) return (['zero', 'one', 'two'] as const)[n];
      if (v > 0) return 'other';
      return i % 100 >= 3 && i % 100 <= 10 ? 'few' : i % 100 >= 11 ? 'many' : 'other';
    },
  ],
];
const ORDINAL: [string, Rule][] = [
  [
    'en',
    (_, i) => {
      const teens = i % 100 >= 11 && i % 100 <= 13;
      return teens ? 'other' : ((['other', 'one', 'two', 'few'] as const)[i % 10] ?? 'other');
    },
  ],
  ['fr vi', one],
  ['de nl es pt ru pl cs sk ja zh ko th id tr fi et bg el he ar no nb nn', never],
];

/** Which form of a word goes with a number. */
export class PluralRules {
  #rule: Rule;
  #locale: string;
  #type: 'cardinal' | 'ordinal';

  public constructor(locales?: unknown, options: {type?: 'cardinal' | 'ordinal'} = {}) {
    this.#locale = language(locales);
    this.#type = options.type === 'ordinal' ? 'ordinal' : 'cardinal';
    const rules = this.#type === 'ordinal' ? ORDINAL : CARDINAL;
    const found = rules.find(([names]) => names.split(' ').includes(this.#locale));
    if (found === undefined) {
      throw new RangeError(`Intl.PluralRules: the rules of \`${this.#locale}\` are not known here`);
    }
    this.#rule = found[1];
  }

  public select(value: number): Plural {
    const size = Math.abs(Number(value));
    if (!Number.isFinite(size)) return 'other';
    const shown = Number(size.toFixed(3));
    const decimals = String(shown).split('.')[1]?.length ?? 0;
    return this.#rule(shown, Math.trunc(shown), decimals);
  }

  public resolvedOptions() {
    return {locale: this.#locale, type: this.#type};
  }
}

interface ListOptions {
  type?: 'conjunction' | 'disjunction' | 'unit';
  style?: 'long' | 'short' | 'narrow';
}

/** What stands between the last two things of a list: `and`, `or`; and between the others. */
const JOINTS: Record<string, [string, string, string?]> = {
  de: [' und ', ' oder '],
  fr: [' et ', ' ou '],
  es: [' y ', ' o '],
  it: [' e ', ' o '],
  pt: [' e ', ' ou '],
  nl: [' en ', ' of '],
  sv: [' och ', ' eller '],
  da: [' og ', ' eller '],
  no: [' og ', ' eller '],
  nb: [' og ', ' eller '],
  fi: [' ja ', ' tai '],
  pl: [' i ', ' lub '],
  cs: [' a\u00a0', ' nebo '],
  ru: [' и ', ' или '],
  uk: [' і ', ' або '],
  tr: [' ve ', ' veya '],
  ja: ['、', 'または', '、'],
  zh: ['和', '或', '、'],
  ko: [' 및 ', ' 또는 '],
};

type ListPart = {type: 'element' | 'literal'; value: string};

/** Things as a list in words. */
export class ListFormat {
  #locale: string;
  #type: string;
  #style: string;

  public constructor(locales?: unknown, {type = 'conjunction', style = 'long'}: ListOptions = {}) {
    this.#locale = language(locales);
    if (this.#locale !== 'en' && (JOINTS[this.#locale] === undefined || type === 'unit' || style !== 'long')) {
      throw new RangeError(`Intl.ListFormat: \`${this.#locale}\` is not known here, or not with this \`type\` and \`style\``);
    }
    this.#type = type;
    this.#style = style;
  }

  public format(list: Iterable<string>): string {
    return this.formatToParts(list)
      .map(part => part.value)
      .join('');
  }

  public formatToParts(list: Iterable<string>): ListPart[] {
    const items = [...list];
    const stray = items.find(item => typeof item !== 'string');
    if (stray !== undefined) {
      throw new TypeError(`Intl.ListFormat: \`${String(stray)}\` is no text`);
    }
    return items.flatMap((value, index): ListPart[] => {
      const element: ListPart = {type: 'element', value};
      if (index === 0) return [element];
      return [{type: 'literal', value: this.#joint(index === items.length - 1, items.length, value)}, element];
    });
  }

  public resolvedOptions() {
    return {locale: this.#locale, type: this.#type, style: this.#style};
  }

  #joint(isLast: boolean, count: number, next: string): string {
    if (this.#locale === 'en') return this.#english(isLast, count);
    const [and, or, between = ', '] = JOINTS[this.#locale];
    if (!isLast) return between;
    const word = this.#type === 'disjunction' ? or : and;
    if (this.#locale === 'ja' && this.#type === 'disjunction' && count > 2) return `、${word}`;
    if (this.#locale !== 'es') return word;
    if (word === and) return /^h?i(?![ae])/i.test(next) ? ' e ' : and;
    return /^(?:h?o|8|11(?!\d))/i.test(next) ? ' u ' : or;
  }

  #english(isLast: boolean, count: number): string {
    if (this.#type === 'unit') return this.#style === 'narrow' ? ' ' : ', ';
    const and = {long: 'and', short: '&', narrow: ''}[this.#style] ?? 'and';
    const word = this.#type === 'disjunction' ? 'or' : and;
    if (!isLast || word === '') return ', ';
    return count === 2 ? ` ${word} ` : `, ${word} `;
  }
}

const UNITS = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];

/** What English says for the day, or another stretch, before, of and after now. */
const NEAR: Record<string, string[]> = {
  day: ['yesterday', 'today', 'tomorrow'],
  second: ['', 'now', ''],
};

/** How long ago something was, or how long it is until then, in English. */
export class RelativeTimeFormat {
  #isAuto: boolean;

  public constructor(locales?: unknown, {numeric = 'always', style = 'long'}: {numeric?: string; style?: string} = {}) {
    if (language(locales) !== 'en' || style !== 'long') {
      throw new RangeError('Intl.RelativeTimeFormat: only English is known here, in the style `long`');
    }
    this.#isAuto = numeric === 'auto';
  }

  public format(value: number, unit: string): string {
    const name = String(unit).replace(/s$/, '');
    if (!UNITS.includes(name)) {
      throw new RangeError(`Intl.RelativeTimeFormat: there is no unit \`${unit}\``);
    }
    const number = Number(value);
    if (this.#isAuto && [-1, 0, 1].includes(number)) {
      const said = NEAR[name]?.[number + 1] ?? (['minute', 'hour'].includes(name) && number !== 0 ? '' : `${['last', 'this', 'next'][number + 1]} ${name}`);
      if (said !== '') return said;
    }
    const size = Math.abs(number);
    const length = `${size.toLocaleString('en')} ${name}${size === 1 ? '' : 's'}`;
    return number < 0 || Object.is(number, -0) ? `${length} ago` : `in ${length}`;
  }
}
