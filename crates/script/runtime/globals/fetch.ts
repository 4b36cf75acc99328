import {DOMException} from './events';
import type {AbortSignal} from './events';
import {define, native} from './native';

type Body = ArrayBuffer | ArrayBufferView | Blob | string | null | undefined | {toString(): string};

const encoder = new (globalThis as any).TextEncoder() as {encode(text: string): Uint8Array};
const decoder = new (globalThis as any).TextDecoder() as {decode(bytes: Uint8Array): string};

/** A body as bytes, and the kind of content it is where that is plain. */
function bytesOf(body: Body): [Uint8Array, string] {
  if (body === null || body === undefined) {
    return [new Uint8Array(), ''];
  }
  if (body instanceof Blob) {
    return [body.bytesNow(), body.type];
  }
  if (body instanceof ArrayBuffer) {
    return [new Uint8Array(body.slice(0)), ''];
  }
  if (ArrayBuffer.isView(body)) {
    return [new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice(), ''];
  }
  const isForm = body instanceof (globalThis as any).URLSearchParams;
  const kind = isForm ? 'application/x-www-form-urlencoded;charset=UTF-8' : 'text/plain;charset=UTF-8';
  return [encoder.encode(String(body)), kind];
}

/** Bytes with a kind. */
class Blob {
  #bytes: Uint8Array;
  readonly type: string;
  constructor(parts: Body[] = [], options: {type?: string} = {}) {
    const all = parts.map(part => bytesOf(part)[0]);
    this.#bytes = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of all) {
      this.#bytes.set(part, at);
      at += part.length;
    }
    this.type = String(options.type ?? '').toLowerCase();
  }
  get size(): number {
    return this.#bytes.length;
  }
  bytesNow(): Uint8Array {
    return this.#bytes.slice();
  }
  async bytes(): Promise<Uint8Array> {
    return this.bytesNow();
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.bytesNow().buffer as ArrayBuffer;
  }
  async text(): Promise<string> {
    return decoder.decode(this.#bytes);
  }
  slice(from?: number, to?: number, type?: string): Blob {
    return new Blob([this.#bytes.slice(from, to)], {type});
  }
}

type HeadersLike = Headers | Iterable<readonly [string, string]> | Record<string, string>;

class Headers {
  #values = new Map<string, string>();
  constructor(init?: HeadersLike) {
    const isList = init && typeof (init as any)[Symbol.iterator] === 'function';
    const pairs = (isList ? [...(init as Iterable<readonly [string, string]>)] : Object.entries(init ?? {})) as [string, string][];
    pairs.forEach(([name, value]) => this.append(name, value));
  }
  append(name: string, value: unknown): void {
    const known = this.get(name);
    this.set(name, known === null ? value : `${known}, ${value}`);
  }
  set(name: string, value: unknown): void {
    const key = String(name).toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(key) || /[\0\r\n]/.test(String(value))) {
      throw new TypeError(`\`${name}: ${value}\` is not a header`);
    }
    this.#values.set(key, String(value).trim());
  }
  get(name: string): string | null {
    return this.#values.get(String(name).toLowerCase()) ?? null;
  }
  has(name: string): boolean {
    return this.#values.has(String(name).toLowerCase());
  }
  delete(name: string): void {
    this.#values.delete(String(name).toLowerCase());
  }
  forEach(callback: (value: string, name: string, headers: Headers) => void): void {
    [...this].forEach(([name, value]) => callback(value, name, this));
  }
  keys(): IterableIterator<string> {
    return [...this].map(pair => pair[0]).values();
  }
  values(): IterableIterator<string> {
    return [...this].map(pair => pair[1]).values();
  }
  entries(): IterableIterator<[string, string]> {
    return this[Symbol.iterator]();
  }
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return [...this.#values].sort(([a], [b]) => (a < b ? -1 : 1)).values();
  }
}

/** Content that is read once. */
class Content {
  #bytes: Uint8Array;
  #used = false;
  readonly body = null;
  constructor(
    bytes: Uint8Array,
    readonly headers: Headers,
  ) {
    this.#bytes = bytes;
  }
  get bodyUsed(): boolean {
    return this.#used;
  }
  bytesNow(): Uint8Array {
    return this.#bytes.slice();
  }
  /** The bytes themselves, which whoever takes them must not change if there may be others. */
  taken(): Uint8Array {
    if (this.#used) {
      throw new TypeError('the body was read already');
    }
    this.#used = true;
    return this.#bytes;
  }
  async bytes(): Promise<Uint8Array> {
    return this.taken().slice();
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer as ArrayBuffer;
  }
  async text(): Promise<string> {
    return decoder.decode(this.taken());
  }
  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
  async blob(): Promise<Blob> {
    return new Blob([await this.bytes()], {type: this.headers.get('content-type') ?? ''});
  }
}

interface ResponseInit {
  status?: number;
  statusText?: string;
  headers?: HeadersLike;
}

/** Bytes that nobody else has. */
class Found {
  readonly bytes: Uint8Array;
  constructor(buffer: ArrayBuffer) {
    this.bytes = new Uint8Array(buffer);
  }
}

class Response extends Content {
  readonly status: number;
  readonly statusText: string;
  readonly type = 'basic';
  url = '';
  redirected = false;
  constructor(body?: Body, init: ResponseInit = {}) {
    const headers = new Headers(init.headers);
    const [bytes, kind] = body instanceof Found ? [body.bytes, ''] : bytesOf(body);
    if (kind && !headers.has('content-type')) {
      headers.set('content-type', kind);
    }
    super(bytes, headers);
    this.status = init.status ?? 200;
    this.statusText = init.statusText ?? '';
  }
  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }
  clone(): Response {
    const {status, statusText, headers} = this;
    const copy = new Response(this.bytesNow(), {status, statusText, headers});
    return Object.assign(copy, {url: this.url, redirected: this.redirected});
  }
  static json(value: unknown, init: ResponseInit = {}): Response {
    const headers = new Headers(init.headers);
    headers.set('content-type', 'application/json');
    return new Response(JSON.stringify(value), {...init, headers});
  }
  static error(): Response {
    return new Response(null, {status: 0});
  }
}

interface RequestInit {
  method?: string;
  headers?: HeadersLike;
  body?: Body;
  signal?: AbortSignal | null;
}

class Request extends Content {
  readonly url: string;
  readonly method: string;
  readonly signal: AbortSignal | null;
  constructor(input: unknown, init: RequestInit = {}) {
    const base = input instanceof Request ? input : undefined;
    const headers = new Headers(init.headers ?? base?.headers);
    const [bytes, kind] = base && init.body === undefined ? [base.bytesNow(), ''] : bytesOf(init.body);
    if (kind && !headers.has('content-type')) {
      headers.set('content-type', kind);
    }
    super(bytes, headers);
    this.url = base?.url ?? String(input);
    this.method = String(init.method ?? base?.method ?? 'GET').toUpperCase();
    this.signal = init.signal ?? base?.signal ?? null;
    if (bytes.length > 0 && (this.method === 'GET' || this.method === 'HEAD')) {
      throw new TypeError(`fetch: a request with the method ${this.method} has no body`);
    }
  }
  clone(): Request {
    return new Request(this);
  }
}

/** Fetches a URL or a file of the project. The script stands still meanwhile. */
async function fetch(input: unknown, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  request.signal?.throwIfAborted();
  let found;
  try {
    found = native.fetch(request.url, request.method, [...request.headers].flat(), request.bytesNow());
  } catch (cause) {
    throw new TypeError(`fetch failed: ${(cause as Error).message}`);
  }
  const {status, statusText} = found;
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < found.headers.length; i += 2) {
    headers.push([found.headers[i], found.headers[i + 1]]);
  }
  const response = new Response(new Found(found.body), {status, statusText, headers});
  return Object.assign(response, {url: found.url, redirected: found.redirected});
}

class FormData {
  constructor() {
    throw new DOMException('forms cannot be sent from here: use a string or URLSearchParams', 'NotSupportedError');
  }
}

define('fetch', fetch);
define('Blob', Blob);
define('Headers', Headers);
define('Request', Request);
define('Response', Response);
define('FormData', FormData);
