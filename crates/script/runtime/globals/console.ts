import {define, native} from './native';

const DEPTH = 3;
const ITEMS = 100;

/** A value as a console shows it. */
export function show(value: unknown, depth = 0, seen: unknown[] = []): string {
  if (typeof value === 'string') {
    return depth === 0 ? value : JSON.stringify(value);
  }
  if (typeof value === 'function') {
    return `[${value.name ? `function ${value.name}` : 'function'}]`;
  }
  if (typeof value === 'bigint') {
    return `${value}n`;
  }
  if (value === null || typeof value !== 'object') {
    return Object.is(value, -0) ? '-0' : String(value);
  }
  if (seen.includes(value)) {
    return '[circular]';
  }
  return showObject(value, depth, [...seen, value]);
}

function showObject(value: object, depth: number, seen: unknown[]): string {
  const inner = (item: unknown) => show(item, depth + 1, seen);
  if (value instanceof Error) {
    const stack = value.stack ? `\n${value.stack.trimEnd()}` : '';
    return `${value.name}: ${value.message}${stack}`;
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (value instanceof RegExp) {
    return String(value);
  }
  if (value instanceof Promise) {
    return 'Promise {}';
  }
  const name = (Object.getPrototypeOf(value) as object | null)?.constructor?.name ?? '';
  if (depth >= DEPTH) {
    return Array.isArray(value) ? '[…]' : `${name || 'object'} {…}`;
  }
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const items = Array.from(value as ArrayLike<unknown>);
    const shown = items.slice(0, ITEMS).map(inner);
    if (items.length > ITEMS) {
      shown.push(`… ${items.length - ITEMS} more`);
    }
    return `${Array.isArray(value) ? '' : `${name} `}[${shown.join(', ')}]`;
  }
  if (value instanceof Map) {
    const parts = [...value].map(([key, item]) => `${inner(key)} => ${inner(item)}`);
    return `Map {${parts.join(', ')}}`;
  }
  if (value instanceof Set) {
    return `Set {${[...value].map(inner).join(', ')}}`;
  }
  const parts = Object.keys(value).map(key => `${key}: ${inner((value as Record<string, unknown>)[key])}`);
  const prefix = name && name !== 'Object' ? `${name} ` : '';
  return `${prefix}{${parts.join(', ')}}`;
}

function format(args: unknown[]): string {
  if (typeof args[0] !== 'string' || !args[0].includes('%')) {
    return args.map(item => show(item)).join(' ');
  }
  const rest = args.slice(1);
  const text = args[0].replace(/%([sdifoOjc%])/g, (whole, kind: string) => {
    if (kind === '%') {
      return '%';
    }
    if (rest.length === 0) {
      return whole;
    }
    const item = rest.shift();
    switch (kind) {
      case 'd':
        return String(Number(item));
      case 'i':
        return String(Math.trunc(Number(item)));
      case 'f':
        return String(parseFloat(String(item)));
      case 'j':
        return JSON.stringify(item);
      case 'c':
        return '';
      default:
        return kind === 's' ? show(item) : show(item, 1);
    }
  });
  return [text, ...rest.map(item => show(item))].join(' ');
}

let indent = '';
const counts = new Map<string, number>();
const started = new Map<string, number>();

function writer(level: NativeLogLevel): (...args: unknown[]) => void {
  return (...args) => {
    const text = format(args);
    native.log(level, indent ? indent + text.replace(/\n/g, `\n${indent}`) : text);
  };
}

const now = () => (native.live ? native.elapsed() : 0);
const info = writer('info');
const error = writer('error');
define('console', {
  log: info,
  info,
  warn: writer('warn'),
  error,
  debug: writer('debug'),
  trace: writer('debug'),
  dir: (value: unknown) => info(show(value, 1)),
  table: (value: unknown) => info(show(value, 1)),
  assert: (condition: unknown, ...args: unknown[]) => {
    if (!condition) {
      error('assertion failed', ...args);
    }
  },
  group: (...args: unknown[]) => {
    if (args.length > 0) {
      info(...args);
    }
    indent += '  ';
  },
  groupCollapsed: (...args: unknown[]) => {
    if (args.length > 0) {
      info(...args);
    }
    indent += '  ';
  },
  groupEnd: () => {
    indent = indent.slice(2);
  },
  count: (label = 'default') => {
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    info(`${label}: ${count}`);
  },
  time: (label = 'default') => {
    started.set(label, now());
  },
  timeEnd: (label = 'default') => {
    info(`${label}: ${(now() - (started.get(label) ?? now())).toFixed(3)} ms`);
    started.delete(label);
  },
});
