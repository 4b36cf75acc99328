/** How a language writes numbers: separators, and where the currency stands. */
interface Style {
  group: string;
  decimal: string;
  /** `$` the currency, `0` the number. */
  money: string;
  percent: string;
  /** Digits before the first separator from which on groups are made. */
  grouped: number;
}

const THIN = '\u202f';
const SPACE = '\u00a0';
const after = (group: string, grouped = 4): Style => ({
  group,
  decimal: ',',
  money: `0${SPACE}$`,
  percent: `0${SPACE}%`,
  grouped,
});
const english: Style = {group: ',', decimal: '.', money: '$0', percent: '0%', grouped: 4};

const STYLES: Record<string, Style> = {
  en: english,
  ja: english,
  zh: english,
  ko: english,
  th: english,
  he: {...english, money: `0${SPACE}$`},
  de: after('.'),
  'de-at': {...after(SPACE), money: `$${SPACE}0`},
  'de-ch': {group: '’', decimal: '.', money: `$${SPACE}0`, percent: '0%', grouped: 4},
  fr: after(THIN),
  it: {...after('.'), percent: '0%'},
  es: after('.', 5),
  'es-mx': english,
  pt: {...after('.'), money: `$${SPACE}0`, percent: '0%'},
  'pt-pt': after(SPACE, 5),
  nl: {...after('.'), money: `$${SPACE}0`, percent: '0%'},
  da: after('.'),
  sv: after(SPACE),
  nb: after(SPACE),
  no: after(SPACE),
  fi: after(SPACE),
  pl: after(SPACE, 5),
  cs: after(SPACE),
  ru: after(SPACE),
  uk: after(SPACE),
  hu: after(SPACE, 5),
  ro: after('.'),
  el: {...after('.'), percent: '0%'},
  tr: {...after('.'), money: '$0', percent: '%0'},
  id: {...after('.'), money: `$${SPACE}0`, percent: '0%'},
  vi: {...after('.'), percent: '0%'},
};

const SYMBOLS: Record<string, string> = {
  USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹', CNY: 'CN¥', KRW: '₩', BRL: 'R$', CAD: 'CA$', AUD: 'A$', MXN: 'MX$', ILS: '₪', VND: '₫', NZD: 'NZ$',
};
const WHOLE = ['JPY', 'KRW', 'VND'];
const SCALES: [number, string, string][] = [
  [1e12, 'T', 'trillion'],
  [1e9, 'B', 'billion'],
  [1e6, 'M', 'million'],
  [1e3, 'K', 'thousand'],
];

export interface NumberOptions {
  style?: 'decimal' | 'percent' | 'currency' | 'unit';
  currency?: string;
  currencyDisplay?: 'symbol' | 'narrowSymbol' | 'code' | 'name';
  notation?: 'standard' | 'compact' | 'scientific' | 'engineering';
  compactDisplay?: 'short' | 'long';
  useGrouping?: boolean | string;
  signDisplay?: 'auto' | 'always' | 'never' | 'exceptZero' | 'negative';
  minimumIntegerDigits?: number;
  minimumFractionDigits?: number;
  maximumFractionDigits?: number;
  minimumSignificantDigits?: number;
  maximumSignificantDigits?: number;
}

/** The locale asked for, of those whose rules are known. */
export function localeOf(locales: unknown, known: (tag: string) => boolean, what: string): string {
  const wanted = (Array.isArray(locales) ? locales : [locales]).filter(one => one !== undefined).map(String);
  if (wanted.length === 0) {
    return 'en-US';
  }
  const found = wanted.find(tag => known(tag.toLowerCase()) || known(tag.toLowerCase().split('-')[0]));
  if (found !== undefined) {
    return found;
  }
  for (const tag of wanted) {
    if (!/^[a-z]{2,8}(?:[-_][a-z0-9]{1,8})*$/i.test(tag)) {
      throw new RangeError(`${what}: \`${tag}\` is no language tag`);
    }
    if (LANGUAGES.has(tag.toLowerCase().split(/[-_]/)[0])) {
      throw new RangeError(`${what}: the rules of \`${wanted.join(', ')}\` are not known here`);
    }
  }
  // What no browser knows either is passed over, such as `default`.
  return 'en-US';
}

/** The languages that browsers have rules for. */
const LANGUAGES = new Set(
  (
    'af ak am ar as az be bg bm bn bo br bs ca ce cs cy da de dz ee el en eo es et eu fa ff fi fo fr fy ga gd gl gu gv ha he hi ' +
    'hr hu hy ia id ig ii is it ja jv ka ki kk kl km kn ko ks ku kw ky lb lg ln lo lt lu lv mg mi mk ml mn mr ms mt my nb nd ne ' +
    'nl nn no om or os pa pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sn so sq sr su sv sw ta te tg th ti tk to tr tt ug ' +
    'uk ur uz vi wo xh yi yo zh zu ast ceb chr ckb dsb fil fur gsw haw hsb kab kok lkt mai mni nds nyn pcm sah sat shi smn yue'
  ).split(' '),
);

function whole(name: string, value: unknown, least: number, most: number): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  const number = Number(value);
  if (!(number >= least && number <= most)) {
    throw new RangeError(`Intl.NumberFormat: ${name} lies within ${least} and ${most}, got \`${value}\``);
  }
  return Math.floor(number);
}

/** Numbers as readers of a language write them. */
export class NumberFormat {
  #locale: string;
  #style: Style;
  #options: NumberOptions;
  #fraction: [number, number];
  #significant: [number, number] | undefined;

  constructor(locales?: unknown, options: NumberOptions = {}) {
    this.#locale = localeOf(locales, tag => tag in STYLES, 'Intl.NumberFormat');
    const tag = this.#locale.toLowerCase();
    this.#style = STYLES[tag] ?? STYLES[tag.split('-')[0]];
    this.#options = {...options};
    const {style = 'decimal', notation = 'standard'} = options;
    if (style === 'unit' || notation === 'scientific' || notation === 'engineering') {
      throw new RangeError(`Intl.NumberFormat: \`${style === 'unit' ? style : notation}\` is not available here`);
    }
    if (notation === 'compact' && !tag.startsWith('en')) {
      throw new RangeError('Intl.NumberFormat: the compact notation is there for English only');
    }
    if (style === 'currency' && !/^[a-z]{3}$/i.test(options.currency ?? '')) {
      throw new TypeError('Intl.NumberFormat: the style `currency` needs a `currency`, such as `USD`');
    }
    const usual = style === 'currency' ? (WHOLE.includes(this.#currency) ? [0, 0] : [2, 2]) : style === 'percent' ? [0, 0] : [0, 3];
    const least = whole('minimumFractionDigits', options.minimumFractionDigits, 0, 100);
    const most = whole('maximumFractionDigits', options.maximumFractionDigits, 0, 100);
    const from = least ?? Math.min(usual[0], most ?? usual[0]);
    this.#fraction = [from, most ?? Math.max(usual[1], from)];
    if (this.#fraction[0] > this.#fraction[1]) {
      throw new RangeError('Intl.NumberFormat: minimumFractionDigits is greater than maximumFractionDigits');
    }
    const first = whole('minimumSignificantDigits', options.minimumSignificantDigits, 1, 21);
    const last = whole('maximumSignificantDigits', options.maximumSignificantDigits, 1, 21);
    this.#significant = first === undefined && last === undefined ? undefined : [first ?? 1, last ?? 21];
    this.format = this.format.bind(this);
  }

  get #currency(): string {
    return (this.#options.currency ?? '').toUpperCase();
  }

  format(value: unknown): string {
    const exact = typeof value === 'bigint' ? value : Number(value);
    const negative = exact < 0 || Object.is(exact, -0);
    const {style, signDisplay = 'auto'} = this.#options;
    let text = this.#digits(negative ? -exact as number | bigint : exact);
    const isZero = !/[1-9∞N]/.test(text);
    if (style === 'percent') {
      text = this.#style.percent.replace('0', () => text);
    } else if (style === 'currency') {
      text = this.#money(text);
    }
    const shown = {
      auto: negative ? '-' : '',
      always: negative ? '-' : '+',
      never: '',
      exceptZero: isZero ? '' : negative ? '-' : '+',
      negative: negative && !isZero ? '-' : '',
    }[signDisplay];
    return `${shown}${text}`;
  }

  #money(text: string): string {
    const currency = this.#currency;
    const {currencyDisplay: display = 'symbol'} = this.#options;
    const symbol = display === 'code' || display === 'name' ? currency : SYMBOLS[currency] ?? currency;
    const plain = display === 'narrowSymbol' ? symbol.replace(/^[A-Z]+(?=[^A-Z])/, '') : symbol;
    const apart = /[A-Z]$/.test(plain) && this.#style.money.startsWith('$0') ? `${plain}${SPACE}` : plain;
    return this.#style.money.replace(/[$0]/g, part => (part === '0' ? text : apart));
  }

  #digits(value: number | bigint): string {
    if (typeof value === 'bigint') {
      const scaled = this.#options.style === 'percent' ? value * 100n : value;
      return this.#grouped(scaled.toString(), '0'.repeat(this.#fraction[0]));
    }
    if (Number.isNaN(value)) {
      return 'NaN';
    }
    if (!Number.isFinite(value)) {
      return '∞';
    }
    if (this.#options.notation === 'compact') {
      return this.#compact(value);
    }
    return this.#plain(this.#options.style === 'percent' ? value * 100 : value);
  }

  #compact(value: number): string {
    const asked = this.#significant || this.#options.maximumFractionDigits !== undefined;
    const rounded = (scaled: number) => (asked ? this.#plain(scaled) : scaled < 100 ? String(Number(scaled.toPrecision(2))) : String(Math.round(scaled)));
    let index = SCALES.findIndex(([scale]) => value >= scale);
    if (index < 0 && Math.round(value) >= 1000) {
      index = SCALES.length - 1;
    }
    if (index < 0) {
      return rounded(value);
    }
    let text = rounded(value / SCALES[index][0]);
    if (text.replace(/\D/g, '') === '1000' && index > 0) {
      index -= 1;
      text = rounded(value / SCALES[index][0]);
    }
    const [, short, long] = SCALES[index];
    return this.#options.compactDisplay === 'long' ? `${text} ${long}` : text + short;
  }

  #plain(value: number): string {
    let [first, fraction = ''] = fixed(value, this.#significant ? undefined : this.#fraction[1], this.#significant?.[1]).split('.');
    const zeros = /[1-9]/.test(first) ? 0 : /^0*/.exec(fraction)![0].length;
    const least = this.#significant ? Math.max(0, this.#significant[0] - first.replace(/^0+/, '').length + zeros) : this.#fraction[0];
    fraction = fraction.replace(/0+$/, '').padEnd(least, '0');
    first = first.padStart(this.#options.minimumIntegerDigits ?? 1, '0');
    return this.#grouped(first, fraction);
  }

  #grouped(first: string, fraction: string): string {
    const {group, decimal, grouped} = this.#style;
    const {useGrouping = true} = this.#options;
    const least = useGrouping === 'always' ? 4 : useGrouping === 'min2' ? 5 : grouped;
    const isGrouped = useGrouping !== false && first.length >= least;
    const indian = /^(en|hi|bn)-in/i.test(this.#locale);
    const pattern = indian ? /\B(?=(?:\d{2})*\d{3}$)/g : /\B(?=(?:\d{3})+$)/g;
    const text = isGrouped ? first.replace(pattern, group) : first;
    return fraction ? `${text}${decimal}${fraction}` : text;
  }

  resolvedOptions() {
    const [minimumFractionDigits, maximumFractionDigits] = this.#fraction;
    return {locale: this.#locale, numberingSystem: 'latn', style: 'decimal', ...this.#options, minimumFractionDigits, maximumFractionDigits};
  }
  static supportedLocalesOf(locales: unknown): string[] {
    return [locales].flat().map(String).filter(tag => tag.toLowerCase().split('-')[0] in STYLES);
  }
}

/** A number's decimal digits without an exponent, halves away from zero as its shortest form has them. */
function fixed(value: number, fraction: number | undefined, significant: number | undefined): string {
  const [mantissa, power = '0'] = String(value).split('e');
  const [first, rest = ''] = mantissa.split('.');
  let point = first.length + Number(power);
  let digits = first + rest;
  const zeros = /^0*/.exec(digits)![0].length;
  if (zeros === digits.length) {
    return '0';
  }
  digits = digits.slice(zeros);
  point -= zeros;
  const keep = Math.min(digits.length, significant ?? point + fraction!);
  if (keep < 0) {
    return '0';
  }
  if (keep < digits.length) {
    const up = digits[keep] >= '5';
    const number = BigInt(digits.slice(0, keep) || '0') + (up ? 1n : 0n);
    const kept = number.toString().padStart(keep, '0');
    point += kept.length - keep;
    digits = kept;
  }
  if (point <= 0) {
    return `0.${'0'.repeat(-point)}${digits}`;
  }
  const padded = digits.padEnd(point, '0');
  return `${padded.slice(0, point)}.${padded.slice(point)}`;
}
