import {DOMException} from './events';
import {define} from './native';

/** Most bytes of random numbers at once, as browsers have it. */
const MOST = 65536;

/** Fills an array of integers; from `Math.random`, so films come out the same each time. */
function getRandomValues<T extends ArrayBufferView>(array: T): T {
  if (!ArrayBuffer.isView(array) || array instanceof Float32Array || array instanceof Float64Array) {
    throw new DOMException('getRandomValues: an array of integers is needed', 'TypeMismatchError');
  }
  if (array.byteLength > MOST) {
    throw new DOMException(`getRandomValues: at most ${MOST} bytes at once`, 'QuotaExceededError');
  }
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Math.floor(Math.random() * 256);
  }
  return array;
}

function randomUUID(): string {
  const bytes = getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = Array.from(bytes, byte => byte.toString(16).padStart(2, '0'));
  return [[0, 4], [4, 6], [6, 8], [8, 10], [10, 16]].map(([from, to]) => digits.slice(from, to).join('')).join('-');
}

define('crypto', {
  getRandomValues,
  randomUUID,
  get subtle(): never {
    throw new Error('crypto.subtle is not available here: random numbers are all that there is of `crypto`');
  },
});
