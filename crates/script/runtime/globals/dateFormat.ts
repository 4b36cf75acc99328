import {localeOf} from './numberFormat';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

type Text = 'long' | 'short' | 'narrow';
type Digits = 'numeric' | '2-digit';

export interface DateOptions {
  weekday?: Text;
  year?: Digits;
  month?: Text | Digits;
  day?: Digits;
  hour?: Digits;
  minute?: Digits;
  second?: Digits;
  hour12?: boolean;
  hourCycle?: string;
  timeZone?: string;
  timeZoneName?: string;
  fractionalSecondDigits?: number;
  era?: unknown;
  dayPeriod?: unknown;
  dateStyle?: 'full' | 'long' | 'medium' | 'short';
  timeStyle?: 'full' | 'long' | 'medium' | 'short';
}

const DATES: Record<string, DateOptions> = {
  full: {weekday: 'long', year: 'numeric', month: 'long', day: 'numeric'},
  long: {year: 'numeric', month: 'long', day: 'numeric'},
  medium: {year: 'numeric', month: 'short', day: 'numeric'},
  short: {year: '2-digit', month: 'numeric', day: 'numeric'},
};
const TIMES: Record<string, DateOptions> = {
  medium: {hour: 'numeric', minute: '2-digit', second: '2-digit'},
  short: {hour: 'numeric', minute: '2-digit'},
};
const NAMES = ['weekday', 'year', 'month', 'day', 'hour', 'minute', 'second', 'fractionalSecondDigits'] as const;

/** Dates as readers of English write them, in the machine's own time or in UTC. */
export class DateTimeFormat {
  #british: boolean;
  #locale: string;
  #utc: boolean;
  #options: DateOptions;

  constructor(locales?: unknown, options: DateOptions = {}, usual: DateOptions = {year: 'numeric', month: 'numeric', day: 'numeric'}) {
    this.#locale = localeOf(locales, tag => tag === 'en', 'Intl.DateTimeFormat');
    this.#british = /^en-(gb|au|nz|ie|in)$/i.test(this.#locale);
    const zone = options.timeZone;
    this.#utc = zone !== undefined && /^(utc|gmt|etc\/utc)$/i.test(zone);
    if (zone !== undefined && !this.#utc) {
      throw new RangeError(`Intl.DateTimeFormat: only the time zone \`UTC\` and the machine's own are known here, got \`${zone}\``);
    }
    for (const name of ['era', 'dayPeriod'] as const) {
      if (options[name] !== undefined) {
        throw new RangeError(`Intl.DateTimeFormat: \`${name}\` is not available here`);
      }
    }
    const {dateStyle, timeStyle} = options;
    const styled = dateStyle || timeStyle ? {...(dateStyle ? DATES[dateStyle] : {}), ...(timeStyle ? TIMES[timeStyle] ?? TIMES.medium : {})} : undefined;
    const asked = NAMES.some(name => options[name] !== undefined);
    this.#options = {...(styled ?? (asked ? {} : usual)), ...options};
    this.format = this.format.bind(this);
  }

  format(value?: unknown): string {
    const date = value === undefined ? new Date() : new Date(value as number);
    if (Number.isNaN(date.getTime())) {
      throw new RangeError('Intl.DateTimeFormat: the date is not valid');
    }
    const day = this.#date(date);
    const time = this.#time(date);
    const long = this.#options.dateStyle === 'full' || this.#options.dateStyle === 'long';
    const shown = day && time ? `${day}${long ? ' at ' : ', '}${time}` : day || time;
    const {timeZoneName} = this.#options;
    if (!timeZoneName) {
      return shown;
    }
    // The machine's own time is that of UTC too.
    const zone = timeZoneName === 'long' ? 'Coordinated Universal Time' : timeZoneName.endsWith('Offset') ? 'GMT' : 'UTC';
    return time ? `${shown} ${zone}` : `${shown}, ${zone}`;
  }

  #date(date: Date): string {
    const {weekday, year, month, day} = this.#options;
    const get = (name: 'Day' | 'Date' | 'Month' | 'FullYear'): number => (this.#utc ? date[`getUTC${name}`]() : date[`get${name}`]());
    const cut = (name: string, form: Text) => (form === 'long' ? name : name.slice(0, form === 'short' ? 3 : 1));
    const week = weekday ? cut(DAYS[get('Day')], weekday) : '';
    const two = this.#british && month !== undefined && day !== undefined ? '2-digit' : undefined;
    const dayText = day ? padded(get('Date'), two && isDigits(month) ? two : day) : '';
    const yearText = year ? (year === '2-digit' ? String(get('FullYear') % 100).padStart(2, '0') : String(get('FullYear'))) : '';
    if (month === undefined || isDigits(month)) {
      const monthText = month ? padded(get('Month') + 1, two ?? (month as Digits)) : '';
      const parts = (this.#british ? [dayText, monthText, yearText] : [monthText, dayText, yearText]).filter(Boolean);
      return [week, parts.join('/')].filter(Boolean).join(', ');
    }
    const name = cut(MONTHS[get('Month')], month as Text);
    if (this.#british) {
      return [week, [dayText, name, yearText].filter(Boolean).join(' ')].filter(Boolean).join(' ');
    }
    const start = [name, dayText].filter(Boolean).join(' ');
    return [week, [start, yearText].filter(Boolean).join(dayText ? ', ' : ' ')].filter(Boolean).join(', ');
  }

  #time(date: Date): string {
    const {hour, minute, second, hour12, hourCycle} = this.#options;
    const get = (name: 'Hours' | 'Minutes' | 'Seconds'): number => (this.#utc ? date[`getUTC${name}`]() : date[`get${name}`]());
    const half = hour12 ?? (hourCycle ? hourCycle.startsWith('h1') : !this.#british);
    const parts: string[] = [];
    if (hour) {
      const hours = half ? get('Hours') % 12 || 12 : get('Hours');
      parts.push(padded(hours, half ? hour : '2-digit'));
    }
    if (minute) {
      parts.push(padded(get('Minutes'), parts.length > 0 || second ? '2-digit' : minute));
    }
    if (second) {
      parts.push(padded(get('Seconds'), parts.length > 0 ? '2-digit' : second));
    }
    const {fractionalSecondDigits} = this.#options;
    if (fractionalSecondDigits) {
      const fraction = String(date.getUTCMilliseconds()).padStart(3, '0').slice(0, fractionalSecondDigits);
      parts.push(parts.length > 0 ? `${parts.pop()}.${fraction}` : fraction);
    }
    const suffix = hour && half ? (this.#british ? (get('Hours') < 12 ? ' am' : ' pm') : get('Hours') < 12 ? '\u202fAM' : '\u202fPM') : '';
    return parts.join(':') + suffix;
  }

  resolvedOptions() {
    return {locale: this.#locale, calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC', ...this.#options};
  }
  formatToParts(): never {
    throw new Error('Intl.DateTimeFormat: `formatToParts` is not available here');
  }
  formatRange(): never {
    throw new Error('Intl.DateTimeFormat: `formatRange` is not available here');
  }
  static supportedLocalesOf(locales: unknown): string[] {
    return [locales].flat().map(String).filter(tag => /^en\b/i.test(tag));
  }
}

const isDigits = (form: string | undefined) => form === 'numeric' || form === '2-digit';
const padded = (value: number, form: Digits) => String(value).padStart(form === '2-digit' ? 2 : 1, '0');
