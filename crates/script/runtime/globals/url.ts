import {define} from './native';

const PARTS = /^([a-z][a-z0-9+.-]*:)(?:\/\/(?:([^/?#@]*)@)?([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/i;

class URLSearchParams {
  private readonly pairs: [string, string][] = [];
  constructor(init: unknown = '') {
    if (typeof init === 'string') {
      for (const part of init.replace(/^\?/, '').split('&').filter(Boolean)) {
        const [name, ...value] = part.split('=');
        this.append(decode(name), decode(value.join('=')));
      }
    } else if (init && typeof (init as Iterable<unknown>)[Symbol.iterator] === 'function') {
      for (const [name, value] of init as Iterable<[string, string]>) {
        this.append(name, value);
      }
    } else {
      Object.entries((init ?? {}) as Record<string, string>).forEach(([name, value]) => this.append(name, value));
    }
  }
  append(name: string, value: unknown) {
    this.pairs.push([String(name), String(value)]);
  }
  set(name: string, value: unknown) {
    this.delete(name);
    this.append(name, value);
  }
  delete(name: string) {
    for (let i = this.pairs.length - 1; i >= 0; i--) {
      if (this.pairs[i][0] === name) {
        this.pairs.splice(i, 1);
      }
    }
  }
  get(name: string): string | null {
    return this.pairs.find(pair => pair[0] === name)?.[1] ?? null;
  }
  getAll(name: string): string[] {
    return this.pairs.filter(pair => pair[0] === name).map(pair => pair[1]);
  }
  has(name: string): boolean {
    return this.get(name) !== null;
  }
  forEach(callback: (value: string, name: string) => void) {
    this.pairs.forEach(([name, value]) => callback(value, name));
  }
  keys() {
    return this.pairs.map(pair => pair[0]).values();
  }
  values() {
    return this.pairs.map(pair => pair[1]).values();
  }
  entries() {
    return this.pairs.values();
  }
  [Symbol.iterator]() {
    return this.entries();
  }
  toString(): string {
    const encode = (text: string) => encodeURIComponent(text).replace(/%20/g, '+');
    return this.pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
}

/** Enough of the URL standard to build and take apart the addresses of media. */
class URL {
  protocol: string;
  username = '';
  password = '';
  host: string;
  pathname: string;
  hash: string;
  readonly searchParams: URLSearchParams;

  constructor(input: unknown, base?: unknown) {
    let text = String(input).trim();
    if (!PARTS.test(text)) {
      if (base === undefined) {
        throw new TypeError(`invalid URL \`${text}\``);
      }
      text = join(new URL(base), text);
    }
    const [, protocol, login = '', host = '', path = '', search = '', hash = ''] = PARTS.exec(text)!;
    this.protocol = protocol.toLowerCase();
    [this.username, this.password = ''] = login.split(':');
    this.host = host.toLowerCase();
    this.pathname = (host || protocol === 'file:' ? normal(path) : path).replace(/ /g, '%20');
    this.hash = hash;
    this.searchParams = new URLSearchParams(search);
  }
  get hostname(): string {
    return this.host.replace(/:\d*$/, '');
  }
  get port(): string {
    return /:(\d+)$/.exec(this.host)?.[1] ?? '';
  }
  get origin(): string {
    return this.host ? `${this.protocol}//${this.host}` : 'null';
  }
  get search(): string {
    const text = this.searchParams.toString();
    return text ? `?${text}` : '';
  }
  get href(): string {
    const login = this.username ? `${this.username}${this.password ? `:${this.password}` : ''}@` : '';
    const authority = this.host || this.protocol === 'file:' ? `//${login}${this.host}` : '';
    return `${this.protocol}${authority}${this.pathname}${this.search}${this.hash}`;
  }
  toString(): string {
    return this.href;
  }
  toJSON(): string {
    return this.href;
  }
  static canParse(input: unknown, base?: unknown): boolean {
    try {
      return Boolean(new URL(input, base));
    } catch {
      return false;
    }
  }
}

function normal(path: string): string {
  const parts: string[] = [];
  const all = path.split('/').slice(1);
  all.forEach((part, index) => {
    if (part === '..') {
      parts.pop();
    }
    if (part !== '.' && part !== '..') {
      parts.push(part);
    } else if (index === all.length - 1) {
      parts.push('');
    }
  });
  return `/${parts.join('/')}`;
}

function join(base: URL, text: string): string {
  const start = base.protocol + (base.host || base.protocol === 'file:' ? `//${base.host}` : '');
  if (text.startsWith('//')) {
    return base.protocol + text;
  }
  if (text.startsWith('/')) {
    return start + text;
  }
  if (text.startsWith('#')) {
    return start + base.pathname + base.search + text;
  }
  if (text.startsWith('?')) {
    return start + base.pathname + text;
  }
  return `${start}${base.pathname.slice(0, base.pathname.lastIndexOf('/') + 1)}${text}`;
}

define('URL', URL);
define('URLSearchParams', URLSearchParams);
