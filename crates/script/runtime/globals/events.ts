import {define} from './native';

type Listener = ((event: Event) => void) | {handleEvent(event: Event): void};

/** Something that happened. */
class Event {
  target: EventTarget | null = null;
  currentTarget: EventTarget | null = null;
  defaultPrevented = false;
  readonly timeStamp = 0;
  readonly bubbles: boolean;
  readonly cancelable: boolean;
  stopped = false;

  constructor(
    readonly type: string,
    options: {bubbles?: boolean; cancelable?: boolean} = {},
  ) {
    this.bubbles = Boolean(options.bubbles);
    this.cancelable = Boolean(options.cancelable);
  }
  preventDefault(): void {
    this.defaultPrevented = this.cancelable;
  }
  stopPropagation(): void {}
  stopImmediatePropagation(): void {
    this.stopped = true;
  }
}

class CustomEvent extends Event {
  readonly detail: unknown;
  constructor(type: string, options: {bubbles?: boolean; cancelable?: boolean; detail?: unknown} = {}) {
    super(type, options);
    this.detail = options.detail ?? null;
  }
}

/** What listeners can be added to. */
class EventTarget {
  #listeners: {type: string; listener: Listener; once: boolean}[] = [];

  addEventListener(type: string, listener: Listener | null, options?: boolean | {once?: boolean; signal?: AbortSignal}): void {
    const known = this.#listeners.some(one => one.type === type && one.listener === listener);
    const {once = false, signal} = typeof options === 'object' ? options : {};
    if (!listener || known || signal?.aborted) {
      return;
    }
    this.#listeners.push({type, listener, once});
    signal?.addEventListener('abort', () => this.removeEventListener(type, listener), {once: true});
  }
  removeEventListener(type: string, listener: Listener | null): void {
    this.#listeners = this.#listeners.filter(one => one.type !== type || one.listener !== listener);
  }
  dispatchEvent(event: Event): boolean {
    event.target = this;
    event.currentTarget = this;
    for (const {type, listener, once} of this.#listeners) {
      if (type !== event.type || event.stopped) {
        continue;
      }
      if (once) {
        this.removeEventListener(type, listener);
      }
      if (typeof listener === 'function') {
        listener.call(this, event);
      } else {
        listener.handleEvent(event);
      }
    }
    event.currentTarget = null;
    return !event.defaultPrevented;
  }
}

/** The legacy codes of those names that have one. */
const CODES: Record<string, number> = {
  IndexSizeError: 1,
  NotFoundError: 8,
  NotSupportedError: 9,
  InvalidStateError: 11,
  SyntaxError: 12,
  InvalidCharacterError: 5,
  AbortError: 20,
  TimeoutError: 23,
  DataCloneError: 25,
};

/** An error of the web's interfaces, told apart by its name. */
export class DOMException extends Error {
  readonly code: number;
  constructor(message = '', name: string | {name?: string; cause?: unknown} = 'Error') {
    super(message);
    const plain = typeof name === 'string' ? name : name.name ?? 'Error';
    Object.defineProperty(this, 'name', {value: plain, configurable: true});
    this.code = CODES[plain] ?? 0;
  }
}

/** Tells work that it is not wanted any more. */
export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason: unknown;
  onabort: ((event: Event) => void) | null = null;

  get aborted(): boolean {
    return this.#aborted;
  }
  get reason(): unknown {
    return this.#reason;
  }
  throwIfAborted(): void {
    if (this.#aborted) {
      throw this.#reason;
    }
  }
  static abort(reason?: unknown): AbortSignal {
    const controller = new AbortController();
    controller.abort(reason);
    return controller.signal;
  }
  static timeout(milliseconds: number): AbortSignal {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException('signal timed out', 'TimeoutError')), milliseconds);
    return controller.signal;
  }
  static any(signals: Iterable<AbortSignal>): AbortSignal {
    const controller = new AbortController();
    for (const signal of signals) {
      if (signal.aborted) {
        controller.abort(signal.reason);
        break;
      }
      signal.addEventListener('abort', () => controller.abort(signal.reason), {once: true});
    }
    return controller.signal;
  }
  /** For {@link AbortController}. */
  static end(signal: AbortSignal, reason: unknown): void {
    if (signal.#aborted) {
      return;
    }
    signal.#aborted = true;
    signal.#reason = reason === undefined ? new DOMException('this operation was aborted', 'AbortError') : reason;
    const event = new Event('abort');
    signal.onabort?.(event);
    signal.dispatchEvent(event);
  }
}

const {end} = AbortSignal;
Reflect.deleteProperty(AbortSignal, 'end');

class AbortController {
  readonly signal = new AbortSignal();
  abort(reason?: unknown): void {
    end(this.signal, reason);
  }
}

define('Event', Event);
define('CustomEvent', CustomEvent);
define('EventTarget', EventTarget);
define('DOMException', DOMException);
define('AbortSignal', AbortSignal);
define('AbortController', AbortController);
