import {define} from './native';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function btoa(input: unknown): string {
  const text = String(input);
  let output = '';
  for (let i = 0; i < text.length; i += 3) {
    const codes = [text.charCodeAt(i), text.charCodeAt(i + 1), text.charCodeAt(i + 2)];
    if (codes.some(code => code > 255)) {
      throw new RangeError('btoa: the text has characters beyond Latin-1');
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
      throw new RangeError('atob: the text is not base64');
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
  encode(input = ''): Uint8Array {
    const bytes: number[] = [];
    for (const letter of String(input)) {
      let code = letter.codePointAt(0)!;
      if (code >= 0xd800 && code <= 0xdfff) {
        code = 0xfffd;
      }
      if (code < 0x80) {
        bytes.push(code);
      } else if (code < 0x800) {
        bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
      } else if (code < 0x10000) {
        bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      } else {
        bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      }
    }
    return new Uint8Array(bytes);
  }
}

class TextDecoder {
  readonly encoding = 'utf-8';
  constructor(label = 'utf-8') {
    if (!/^utf-?8$/i.test(label)) {
      throw new RangeError(`TextDecoder: only UTF-8 is available, got \`${label}\``);
    }
  }
  decode(input?: ArrayBuffer | ArrayBufferView): string {
    if (!input) {
      return '';
    }
    const bytes = ArrayBuffer.isView(input)
      ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
      : new Uint8Array(input);
    const parts: string[] = [];
    let i = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    while (i < bytes.length) {
      const first = bytes[i++];
      const more = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : -1;
      if (more < 0) {
        parts.push('\ufffd');
        continue;
      }
      let code = more === 0 ? first : first & (0x3f >> more);
      let read = 0;
      while (read < more && (bytes[i] & 0xc0) === 0x80) {
        code = (code << 6) | (bytes[i++] & 63);
        read += 1;
      }
      const smallest = [0, 0x80, 0x800, 0x10000][more];
      const valid = read === more && code >= smallest && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      parts.push(valid ? String.fromCodePoint(code) : '\ufffd');
    }
    return parts.join('');
  }
}

function structuredClone<T>(value: T): T {
  const known = new Map<unknown, unknown>();
  const copy = (item: unknown): unknown => {
    if (typeof item === 'function' || typeof item === 'symbol') {
      throw new TypeError(`structuredClone: cannot clone ${typeof item === 'symbol' ? 'a symbol' : 'a function'}`);
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
    const clone = keep(Array.isArray(item) ? new Array<unknown>(item.length) : item instanceof Error ? new Error(item.message) : {});
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
