import {define} from './native';

/** Ports that go without saying. */
const PORTS: Record<string, string> = {'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21', 'file:': ''};
const PARTS = /^([a-z][a-z0-9+.-]*:)(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/i;
const LETTERS = /[^!#$%&'()*+,\-./0-9:;=?@A-Z[\]_a-z~\\|^{}`"<> ]/gu;

/** The same with percent signs for what is not ASCII and for `more`. */
function escape(text: string, more: RegExp): string {
  const percent = (part: string) => {
    const code = part.codePointAt(0)!;
    if (code < 128) {
      return `%${code.toString(16).toUpperCase().padStart(2, '0')}`;
    }
    return code >= 0xd800 && code <= 0xdfff ? '%EF%BF%BD' : encodeURIComponent(part);
  };
  return text.replace(LETTERS, percent).replace(more, percent);
}

const inPath = (text: string) => escape(text, /["<>`{}^ ]/g);
const inQuery = (text: string) => escape(text, /["<>' ]/g);
const inHash = (text: string) => escape(text, /["<>` ]/g);

type Init = string | Iterable<readonly [string, string]> | Record<string, string>;

class URLSearchParams {
  #pairs: [string, string][] = [];
  #changed: (() => void) | undefined;

  constructor(init: Init | undefined = '') {
    if (typeof init === 'string') {
      this.#pairs = pairsOf(init);
    } else if (init && typeof (init as any)[Symbol.iterator] === 'function') {
      for (const pair of init as Iterable<readonly [string, string]>) {
        const [name, value, ...more] = [...pair];
        if (value === undefined || more.length > 0) {
          throw new TypeError('URLSearchParams: each entry is a name and a value');
        }
        this.append(name, value);
      }
    } else {
      Object.entries((init ?? {}) as Record<string, string>).forEach(([name, value]) => this.append(name, value));
    }
  }
  /** The parameters of a URL, which `changed` tells when they are others. */
  static of(search: string, changed: () => void): URLSearchParams {
    const params = new URLSearchParams(search);
    params.#changed = changed;
    return params;
  }
  static reset(params: URLSearchParams, search: string): void {
    params.#pairs = pairsOf(search);
  }
  get size(): number {
    return this.#pairs.length;
  }
  append(name: string, value: unknown): void {
    this.#pairs.push([String(name), String(value)]);
    this.#changed?.();
  }
  set(name: string, value: unknown): void {
    const first = this.#pairs.findIndex(pair => pair[0] === String(name));
    if (first < 0) {
      this.append(name, value);
      return;
    }
    this.#pairs[first][1] = String(value);
    this.#pairs = this.#pairs.filter((pair, index) => index <= first || pair[0] !== String(name));
    this.#changed?.();
  }
  delete(name: string, value?: string): void {
    this.#pairs = this.#pairs.filter(pair => pair[0] !== String(name) || (value !== undefined && pair[1] !== value));
    this.#changed?.();
  }
  get(name: string): string | null {
    return this.#pairs.find(pair => pair[0] === String(name))?.[1] ?? null;
  }
  getAll(name: string): string[] {
    return this.#pairs.filter(pair => pair[0] === String(name)).map(pair => pair[1]);
  }
  has(name: string, value?: string): boolean {
    return this.#pairs.some(pair => pair[0] === String(name) && (value === undefined || pair[1] === value));
  }
  sort(): void {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#changed?.();
  }
  forEach(callback: (value: string, name: string, params: URLSearchParams) => void): void {
    this.#pairs.forEach(([name, value]) => callback(value, name, this));
  }
  keys() {
    return this.#pairs.map(pair => pair[0]).values();
  }
  values() {
    return this.#pairs.map(pair => pair[1]).values();
  }
  entries() {
    return this.#pairs.map(pair => [...pair] as [string, string]).values();
  }
  [Symbol.iterator]() {
    return this.entries();
  }
  toString(): string {
    return this.#pairs.map(([name, value]) => `${inForm(name)}=${inForm(value)}`).join('&');
  }
}

const {of: paramsOf, reset: resetParams} = URLSearchParams;
Reflect.deleteProperty(URLSearchParams, 'of');
Reflect.deleteProperty(URLSearchParams, 'reset');

function pairsOf(search: string): [string, string][] {
  const parts = search.replace(/^\?/, '').split('&').filter(Boolean);
  return parts.map(part => {
    const [name, ...value] = part.split('=');
    return [decode(name), decode(value.join('='))];
  });
}

function inForm(text: string): string {
  const plain = encodeURIComponent(text.toWellFormed());
  return plain.replace(/[!'()~]/g, letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`).replace(/%20/g, '+');
}

function decode(text: string): string {
  const plain = text.replace(/\+/g, ' ');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

/** An address, as the URL standard has it but for the spelling of unusual hosts. */
class URL {
  #protocol = '';
  #username = '';
  #password = '';
  #hostname = '';
  #port = '';
  #hasHost = false;
  #pathname = '';
  #search = '';
  #hash = '';
  readonly searchParams: URLSearchParams;

  constructor(input: unknown, base?: unknown) {
    this.#read(String(input), base === undefined ? undefined : new URL(base));
    this.searchParams = paramsOf(this.#search, () => {
      const text = this.searchParams.toString();
      this.#search = text ? `?${text}` : '';
    });
  }

  #read(input: string, base?: URL): void {
    let text = input.replace(/^[\0- ]+|[\0- ]+$/g, '').replace(/[\t\n\r]/g, '');
    const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(text)?.[0].toLowerCase() ?? base?.protocol;
    if (scheme && scheme in PORTS) {
      text = text.replace(/^[^?#]*/, place => place.replace(/\\/g, '/'));
    }
    const parts = PARTS.exec(text);
    if (parts && !(base && parts[1].toLowerCase() === base.protocol && parts[2] === undefined && base.protocol in PORTS)) {
      this.#take(parts);
    } else if (base) {
      this.#take(PARTS.exec(joined(base, parts ? text.slice(parts[1].length) : text))!);
    } else {
      throw new TypeError(`invalid URL \`${input}\``);
    }
  }

  #take([, protocol, authority, path, search = '', hash = '']: (string | undefined)[]): void {
    this.#protocol = protocol!.toLowerCase();
    const isSpecial = this.#protocol in PORTS;
    let place = path ?? '';
    let whole = authority;
    if (isSpecial) {
      if (whole === undefined && this.#protocol !== 'file:') {
        [, whole, place] = /^\/*([^/]*)(.*)$/.exec(place)!;
      }
    }
    this.#hasHost = whole !== undefined || isSpecial;
    const at = (whole ?? '').lastIndexOf('@');
    if (whole !== undefined && at >= 0) {
      const [name, ...password] = whole.slice(0, at).split(':');
      this.#username = name;
      this.#password = password.join(':');
    }
    this.#setHost((whole ?? '').slice(at + 1));
    if (isSpecial && this.#protocol !== 'file:' && !this.#hostname) {
      throw new TypeError(`invalid URL: \`${protocol}\` without a host`);
    }
    this.#pathname = this.#hasHost ? inPath(isSpecial || place ? normal(place) : '') : escape(place, /[\0-\x1f]/g);
    this.#search = search === '?' ? '' : inQuery(search);
    this.#hash = hash === '#' ? '' : inHash(hash);
  }

  #setHost(text: string): void {
    const [, host, port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(text) ?? [];
    if (host === undefined || !/^\d*$/.test(port) || Number(port) > 65535 || /[ <>^|%]/.test(host)) {
      throw new TypeError(`invalid URL: \`${text}\` is not a host`);
    }
    this.#hostname = host.toLowerCase();
    this.#port = port === '' || String(Number(port)) === PORTS[this.#protocol] ? '' : String(Number(port));
  }

  get protocol(): string {
    return this.#protocol;
  }
  set protocol(text: string) {
    const name = /^([a-z][a-z0-9+.-]*):?/i.exec(text)?.[1].toLowerCase();
    if (name && `${name}:` in PORTS === this.#protocol in PORTS) {
      this.#protocol = `${name}:`;
      this.port = this.#port;
    }
  }
  get username(): string {
    return this.#username;
  }
  set username(text: string) {
    this.#username = encodeURIComponent(text);
  }
  get password(): string {
    return this.#password;
  }
  set password(text: string) {
    this.#password = encodeURIComponent(text);
  }
  get hostname(): string {
    return this.#hostname;
  }
  set hostname(text: string) {
    this.#setHost(this.#port ? `${text}:${this.#port}` : text);
  }
  get port(): string {
    return this.#port;
  }
  set port(text: string | number) {
    const digits = /^\d*/.exec(String(text))![0];
    this.#port = digits === PORTS[this.#protocol] ? '' : digits;
  }
  get host(): string {
    return this.#port ? `${this.#hostname}:${this.#port}` : this.#hostname;
  }
  set host(text: string) {
    this.#setHost(text);
  }
  get origin(): string {
    return this.#protocol in PORTS && this.#protocol !== 'file:' ? `${this.#protocol}//${this.host}` : 'null';
  }
  get pathname(): string {
    return this.#pathname;
  }
  set pathname(text: string) {
    this.#pathname = inPath(normal(String(text).replace(/[?#]/g, letter => (letter === '?' ? '%3F' : '%23'))));
  }
  get search(): string {
    return this.#search;
  }
  set search(text: string) {
    const plain = String(text).replace(/^\?/, '');
    this.#search = plain ? `?${inQuery(plain.replace(/#/g, '%23'))}` : '';
    resetParams(this.searchParams, this.#search);
  }
  get hash(): string {
    return this.#hash;
  }
  set hash(text: string) {
    const plain = String(text).replace(/^#/, '');
    this.#hash = plain ? `#${inHash(plain)}` : '';
  }
  get href(): string {
    const password = this.#password ? `:${this.#password}` : '';
    const login = this.#username || this.#password ? `${this.#username}${password}@` : '';
    const authority = this.#hasHost ? `//${login}${this.host}` : '';
    return `${this.#protocol}${authority}${this.#pathname}${this.#search}${this.#hash}`;
  }
  set href(text: string) {
    this.#username = this.#password = '';
    this.#read(String(text));
    resetParams(this.searchParams, this.#search);
  }
  toString(): string {
    return this.href;
  }
  toJSON(): string {
    return this.href;
  }
  static parse(input: unknown, base?: unknown): URL | null {
    try {
      return new URL(input, base);
    } catch {
      return null;
    }
  }
  static canParse(input: unknown, base?: unknown): boolean {
    return URL.parse(input, base) !== null;
  }
  static createObjectURL(): never {
    throw new Error('URL.createObjectURL is not available here: use a file, an address or a `data:` URL');
  }
  static revokeObjectURL(): void {}
}

/** A path from its first slash on, with `.` and `..` followed. */
function normal(path: string): string {
  const parts: string[] = [];
  const all = path.replace(/^\//, '').split('/');
  all.forEach((part, index) => {
    const plain = part.replace(/%2e/gi, '.');
    if (plain === '..') {
      parts.pop();
    }
    if (plain !== '.' && plain !== '..') {
      parts.push(part);
    } else if (index === all.length - 1) {
      parts.push('');
    }
  });
  return `/${parts.join('/')}`;
}

/** What `text` means at `base`, in full. */
function joined(base: URL, text: string): string {
  const login = base.username ? `${base.username}${base.password ? `:${base.password}` : ''}@` : '';
  const start = base.origin === 'null' && base.protocol !== 'file:' ? base.protocol : `${base.protocol}//${login}${base.host}`;
  if (text.startsWith('//')) {
    return base.protocol + text;
  }
  if (text.startsWith('/')) {
    return start + text;
  }
  if (text === '') {
    return start + base.pathname + base.search;
  }
  if (text.startsWith('#')) {
    return start + base.pathname + base.search + text;
  }
  if (text.startsWith('?')) {
    return start + base.pathname + text;
  }
  if (!base.pathname.startsWith('/')) {
    throw new TypeError(`invalid URL \`${text}\`: its base \`${base.href}\` has no path`);
  }
  return `${start}${base.pathname.slice(0, base.pathname.lastIndexOf('/') + 1)}${text}`;
}

define('URL', URL);
define('URLSearchParams', URLSearchParams);
