import {DOMException} from './events';
import {define, native} from './native';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function btoa(input: unknown): string {
  const text = String(input);
  let output = '';
  for (let i = 0; i < text.length; i += 3) {
    const codes = [text.charCodeAt(i), text.charCodeAt(i + 1), text.charCodeAt(i + 2)];
    if (codes.some(code => code > 255)) {
      throw new DOMException('btoa: the text has characters beyond Latin-1', 'InvalidCharacterError');
    }
    const bits = (codes[0] << 16) | ((codes[1] || 0) << 8) | (codes[2] || 0);
    output += ALPHABET[bits >> 18] + ALPHABET[(bits >> 12) & 63];
    output += i + 1 < text.length ? ALPHABET[(bits >> 6) & 63] : '=';
    output += i + 2 < text.length ? ALPHABET[bits & 63] : '=';
  }
  return output;
}

function atob(input: unknown): string {
  const text = String(input).replace(/[\t\n\f\r ]/g, '').replace(/={1,2}$/, '');
  let output = '';
  let bits = 0;
  let held = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0 || text.length % 4 === 1) {
      throw new DOMException('atob: the text is not base64', 'InvalidCharacterError');
    }
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      output += String.fromCharCode((bits >> held) & 255);
    }
  }
  return output;
}

class TextEncoder {
  readonly encoding = 'utf-8';
  encode(input: unknown = ''): Uint8Array {
    const text = String(input);
    if (text.isWellFormed()) {
      return native.encode(text);
    }
    const bytes = new Uint8Array(text.length * 3);
    return bytes.slice(0, this.encodeInto(text, bytes).written);
  }
  encodeInto(input: unknown, target: Uint8Array): {read: number; written: number} {
    const text = String(input);
    let [read, written] = [0, 0];
    while (read < text.length) {
      let code = text.codePointAt(read)!;
      const units = code > 0xffff ? 2 : 1;
      if (code >= 0xd800 && code <= 0xdfff) {
        code = 0xfffd;
      }
      const length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (written + length > target.length) {
        break;
      }
      if (length === 1) {
        target[written] = code;
      } else {
        for (let i = length - 1; i > 0; i--) {
          target[written + i] = 0x80 | (code & 63);
          code >>= 6;
        }
        target[written] = [0, 0, 0xc0, 0xe0, 0xf0][length] | code;
      }
      written += length;
      read += units;
    }
    return {read, written};
  }
}

/** The names of encodings, without what tells nothing. */
const ENCODINGS: Record<string, string> = {
  utf8: 'utf-8', unicode11utf8: 'utf-8', utf16: 'utf-16le', utf16le: 'utf-16le', ucs2: 'utf-16le', unicode: 'utf-16le',
  latin1: 'latin1', iso88591: 'latin1', ascii: 'latin1', usascii: 'latin1', windows1252: 'latin1', binary: 'latin1',
};

class TextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  /** Bytes of a letter whose rest is still to come. */
  #left = new Uint8Array();
  #started = false;

  constructor(label: unknown = 'utf-8', options: {fatal?: boolean; ignoreBOM?: boolean} = {}) {
    const name = ENCODINGS[String(label).trim().toLowerCase().replace(/[-_:]/g, '')];
    if (!name) {
      throw new RangeError(`TextDecoder: the encoding \`${label}\` is not available here: UTF-8, UTF-16 and Latin-1 are`);
    }
    this.encoding = name === 'latin1' ? 'windows-1252' : name;
    this.fatal = Boolean(options.fatal);
    this.ignoreBOM = Boolean(options.ignoreBOM);
  }

  decode(input?: ArrayBuffer | ArrayBufferView, options: {stream?: boolean} = {}): string {
    const view = input === undefined ? new Uint8Array() : ArrayBuffer.isView(input) ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength) : new Uint8Array(input);
    let bytes = view;
    if (this.#left.length > 0) {
      bytes = new Uint8Array(this.#left.length + view.length);
      bytes.set(this.#left);
      bytes.set(view, this.#left.length);
    }
    const stream = Boolean(options.stream);
    const [text, read] = this.encoding === 'utf-8' ? this.#utf8(bytes, stream) : this.#units(bytes, stream);
    this.#left = bytes.slice(read);
    const whole = !this.#started && !this.ignoreBOM && text.startsWith('\ufeff') ? text.slice(1) : text;
    this.#started = stream && (this.#started || text.length > 0);
    return whole;
  }

  #broken(): string {
    if (this.fatal) {
      throw new TypeError(`TextDecoder: the bytes are not ${this.encoding}`);
    }
    return '\ufffd';
  }

  #units(bytes: Uint8Array, stream: boolean): [string, number] {
    const width = this.encoding === 'utf-16le' ? 2 : 1;
    const parts: string[] = [];
    let i = 0;
    for (; i + width <= bytes.length; i += width) {
      parts.push(String.fromCharCode(width === 2 ? bytes[i] | (bytes[i + 1] << 8) : bytes[i]));
    }
    if (i < bytes.length && !stream) {
      parts.push(this.#broken());
      i = bytes.length;
    }
    return [parts.join(''), i];
  }

  #utf8(bytes: Uint8Array, stream: boolean): [string, number] {
    return native.decode(bytes, this.fatal, stream) ?? [this.#broken(), 0];
  }
}

/** What `structuredClone` keeps of an error's kind. */
const ERRORS: Record<string, ErrorConstructor> = {EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError} as never;

function structuredClone<T>(value: T): T {
  const known = new Map<unknown, unknown>();
  const copy = (item: unknown): unknown => {
    if (typeof item === 'function' || typeof item === 'symbol') {
      throw new DOMException(`structuredClone: cannot clone ${typeof item === 'symbol' ? 'a symbol' : 'a function'}`, 'DataCloneError');
    }
    if (item === null || typeof item !== 'object') {
      return item;
    }
    if (known.has(item)) {
      return known.get(item);
    }
    const keep = <U>(clone: U): U => {
      known.set(item, clone);
      return clone;
    };
    if (item instanceof Date) {
      return keep(new Date(item.getTime()));
    }
    if (item instanceof Boolean || item instanceof Number || item instanceof String) {
      return keep(Object(item.valueOf()) as object);
    }
    if (item instanceof Promise || item instanceof WeakMap || item instanceof WeakSet || item instanceof WeakRef) {
      throw new DOMException(`structuredClone: cannot clone a ${item.constructor.name}`, 'DataCloneError');
    }
    if (item instanceof RegExp) {
      return keep(new RegExp(item.source, item.flags));
    }
    if (item instanceof ArrayBuffer) {
      return keep(item.slice(0));
    }
    if (ArrayBuffer.isView(item)) {
      const buffer = copy(item.buffer) as ArrayBuffer;
      const View = item.constructor as new (buffer: ArrayBuffer, offset: number, length?: number) => unknown;
      return keep(new View(buffer, item.byteOffset, (item as {length?: number}).length ?? item.byteLength));
    }
    if (item instanceof Map) {
      const clone = keep(new Map());
      item.forEach((inner, key) => clone.set(copy(key), copy(inner)));
      return clone;
    }
    if (item instanceof Set) {
      const clone = keep(new Set());
      item.forEach(inner => clone.add(copy(inner)));
      return clone;
    }
    if (item instanceof Error) {
      const clone = keep(new (ERRORS[item.name] ?? Error)(item.message));
      clone.stack = item.stack;
      if ('cause' in item) {
        (clone as {cause?: unknown}).cause = copy(item.cause);
      }
      return clone;
    }
    const clone = keep(Array.isArray(item) ? new Array<unknown>(item.length) : {});
    for (const key of Object.keys(item)) {
      (clone as Record<string, unknown>)[key] = copy((item as Record<string, unknown>)[key]);
    }
    return clone;
  };
  return copy(value) as T;
}

define('btoa', btoa);
define('atob', atob);
define('TextEncoder', TextEncoder);
define('TextDecoder', TextDecoder);
define('structuredClone', structuredClone);
