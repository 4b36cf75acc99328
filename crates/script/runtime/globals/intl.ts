import {DateTimeFormat} from './dateFormat';
import type {DateOptions} from './dateFormat';
import {ListFormat, PluralRules, RelativeTimeFormat} from './language';
import {define} from './native';
import {NumberFormat} from './numberFormat';
import type {NumberOptions} from './numberFormat';
import {Segmenter} from './segmenter';

interface CollatorOptions {
  numeric?: boolean;
  sensitivity?: 'base' | 'accent' | 'case' | 'variant';
  ignorePunctuation?: boolean;
  caseFirst?: string;
}

/** What comes first in an order of texts: blanks, punctuation, signs, digits, letters. */
const KINDS = [/^\s/u, /^\p{P}/u, /^\p{S}/u, /^\p{N}/u];

/** A text in which characters lie as they are to be ordered. */
function sortable(text: string): string {
  return text.replace(/[^\p{L}\p{M}]/gu, letter => {
    const kind = KINDS.findIndex(pattern => pattern.test(letter));
    return String.fromCharCode(1 + (kind < 0 ? 2 : kind)) + letter;
  });
}

/** The order of texts by their letters, accents and capitals last. */
class Collator {
  #numeric: boolean;
  #sensitivity: string;
  constructor(_locales?: unknown, options: CollatorOptions = {}) {
    this.#numeric = Boolean(options?.numeric);
    this.#sensitivity = options?.sensitivity ?? 'variant';
    if (!['base', 'accent', 'case', 'variant'].includes(this.#sensitivity)) {
      throw new RangeError(`Intl.Collator: sensitivity cannot be \`${this.#sensitivity}\``);
    }
    if (options?.ignorePunctuation || options?.caseFirst === 'upper') {
      throw new RangeError(`Intl.Collator: \`${options.ignorePunctuation ? 'ignorePunctuation' : 'caseFirst'}\` is not available here`);
    }
    this.compare = this.compare.bind(this);
  }
  resolvedOptions() {
    return {locale: 'en-US', usage: 'sort', sensitivity: this.#sensitivity, numeric: this.#numeric, ignorePunctuation: false, collation: 'default', caseFirst: 'false'};
  }
  compare(a: string, b: string): number {
    [a, b] = [String(a), String(b)];
    const small = (text: string) => text.normalize('NFD').toLowerCase();
    const plain = (text: string) => small(text).replace(/\p{M}/gu, '');
    const order = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
    if (this.#numeric) {
      const parts = (text: string) => plain(text).split(/(\d+)/);
      const [left, right] = [parts(String(a)), parts(String(b))];
      for (let i = 0; i < Math.min(left.length, right.length); i++) {
        const by = i % 2 === 1 ? Number(left[i]) - Number(right[i]) : order(left[i], right[i]);
        if (by !== 0) {
          return Math.sign(by);
        }
      }
      if (left.length !== right.length) {
        return Math.sign(left.length - right.length);
      }
    }
    const first = order(sortable(plain(a)), sortable(plain(b)));
    if (first !== 0 || this.#sensitivity === 'base') {
      return first;
    }
    const accents = this.#sensitivity === 'case' ? 0 : order(small(a), small(b));
    if (accents !== 0 || this.#sensitivity === 'accent') {
      return accents;
    }
    const cased = (text: string) => text.normalize('NFD').replace(this.#sensitivity === 'case' ? /\p{M}/gu : /$^/u, '');
    return -order(cased(a), cased(b));
  }
}

/** A part of `Intl` that is not here. */
function absent(name: string): new () => never {
  return class {
    constructor() {
      throw new Error(`Intl.${name} is not available here`);
    }
  } as unknown as new () => never;
}

const intl: Record<string, unknown> = {
  NumberFormat,
  DateTimeFormat,
  Segmenter,
  PluralRules,
  ListFormat,
  RelativeTimeFormat,
  Collator,
};
for (const name of ['DisplayNames', 'DurationFormat', 'Locale']) {
  intl[name] = absent(name);
}
intl.getCanonicalLocales = (locales: unknown) => [locales ?? []].flat().map(String);
Object.defineProperty(intl, Symbol.toStringTag, {value: 'Intl', configurable: true});
for (const name of ['NumberFormat', 'DateTimeFormat', 'Collator']) {
  const Kind = intl[name] as new (...args: unknown[]) => object;
  // callable without `new`, as ever
  intl[name] = new Proxy(Kind, {apply: (target, _self, args) => new target(...args)});
}
define('Intl', intl);

function method(holder: object, name: string, value: (...args: any[]) => string | number): void {
  Object.defineProperty(holder, name, {value, configurable: true, writable: true, enumerable: false});
}

method(String.prototype, 'localeCompare', function (this: string, other: unknown, locales?: unknown, options?: CollatorOptions) {
  return new Collator(locales, options).compare(String(this), String(other));
});

/** Whether a language writes an i with and without a dot as two letters. */
const isTurkic = (locales: unknown) => /^(?:tr|az)\b/i.test(String([locales].flat()[0] ?? ''));
const {toLowerCase, toUpperCase} = String.prototype;
method(String.prototype, 'toLocaleLowerCase', function (this: string, locales?: unknown) {
  const text = isTurkic(locales) ? String(this).replace(/\u0130/g, 'i').replace(/I\u0307/g, 'i').replace(/I/g, '\u0131') : this;
  return toLowerCase.call(text);
});
method(String.prototype, 'toLocaleUpperCase', function (this: string, locales?: unknown) {
  const text = isTurkic(locales) ? String(this).replace(/i/g, '\u0130') : this;
  return toUpperCase.call(text);
});

method(Number.prototype, 'toLocaleString', function (this: number, locales?: unknown, options?: NumberOptions) {
  return new NumberFormat(locales, options).format(Number(this));
});
method(BigInt.prototype, 'toLocaleString', function (this: bigint, locales?: unknown, options?: NumberOptions) {
  return new NumberFormat(locales, options).format(BigInt(this));
});

const DATE: DateOptions = {year: 'numeric', month: 'numeric', day: 'numeric'};
const TIME: DateOptions = {hour: 'numeric', minute: '2-digit', second: '2-digit'};

/** The method of dates that shows `usual` of them when nothing else is asked for. */
function dateMethod(name: string, usual: DateOptions, needed: (keyof DateOptions)[]): void {
  method(Date.prototype, name, function (this: Date, locales?: unknown, options: DateOptions = {}) {
    if (Number.isNaN(this.getTime())) {
      return 'Invalid Date';
    }
    const asked = needed.some(key => options[key] !== undefined) || options.dateStyle || options.timeStyle;
    return new DateTimeFormat(locales, asked ? options : {...usual, ...options}).format(this);
  });
}

dateMethod('toLocaleDateString', DATE, ['weekday', 'year', 'month', 'day']);
dateMethod('toLocaleTimeString', TIME, ['hour', 'minute', 'second', 'fractionalSecondDigits']);
dateMethod('toLocaleString', {...DATE, ...TIME}, ['weekday', 'year', 'month', 'day', 'hour', 'minute', 'second']);
