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
    return Array.isArray(value) ? '[…]' : `${name && name !== 'Object' ? `${name} ` : ''}{…}`;
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

/** Rows of a table, as a console draws them. */
function table(data: unknown, columns?: string[]): string {
  if (data === null || typeof data !== 'object') {
    return show(data, 1);
  }
  const entries: [string, unknown][] = data instanceof Map ? [...data].map(([key, row]) => [show(key, 1), row]) : Object.entries(data);
  const isRow = (row: unknown): row is Record<string, unknown> => row !== null && typeof row === 'object';
  const names = columns ?? [...new Set(entries.flatMap(([, row]) => (isRow(row) ? Object.keys(row) : [])))];
  const hasPlain = entries.some(([, row]) => !isRow(row));
  const head = ['(index)', ...names, ...(hasPlain ? ['Values'] : [])];
  const rows = entries.map(([key, row]) => [
    key,
    ...names.map(name => (isRow(row) && name in row ? show(row[name], 1) : '')),
    ...(hasPlain ? [isRow(row) ? '' : show(row, 1)] : []),
  ]);
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map(row => row[column].length)));
  const line = (cells: string[]) => cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ').trimEnd();
  return [line(head), widths.map(width => '-'.repeat(width)).join('-|-'), ...rows.map(line)].join('\n');
}

const now = () => (native.live ? native.elapsed() : 0);
const info = writer('info');
const warn = writer('warn');
const error = writer('error');
const debug = writer('debug');

function group(...args: unknown[]): void {
  if (args.length > 0) {
    info(...args);
  }
  indent += '  ';
}

function passed(label: string): string | undefined {
  const from = started.get(label);
  if (from === undefined) {
    warn(`console: there is no timer \`${label}\``);
    return undefined;
  }
  return `${label}: ${(now() - from).toFixed(3)} ms`;
}

const nothing = () => undefined;
define('console', {
  log: info,
  info,
  warn,
  error,
  debug,
  trace: (...args: unknown[]) => {
    // the first line of a stack is this function's
    const stack = (new Error().stack ?? '').split('\n').slice(1).join('\n').trimEnd();
    info(`Trace${args.length > 0 ? `: ${format(args)}` : ''}\n${stack}`);
  },
  dir: (value: unknown) => info(show(value, 1)),
  dirxml: info,
  table: (data: unknown, columns?: string[]) => info(table(data, columns)),
  assert: (condition: unknown, ...args: unknown[]) => {
    if (!condition) {
      error(args.length > 0 ? `assertion failed: ${format(args)}` : 'assertion failed');
    }
  },
  clear: nothing,
  group,
  groupCollapsed: group,
  groupEnd: () => {
    indent = indent.slice(2);
  },
  count: (label: unknown = 'default') => {
    const key = String(label);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    info(`${key}: ${counts.get(key)}`);
  },
  countReset: (label: unknown = 'default') => {
    counts.delete(String(label));
  },
  time: (label: unknown = 'default') => {
    started.set(String(label), now());
  },
  timeLog: (label: unknown = 'default', ...args: unknown[]) => {
    const text = passed(String(label));
    if (text) {
      info(text, ...args);
    }
  },
  timeEnd: (label: unknown = 'default') => {
    const text = passed(String(label));
    if (text) {
      info(text);
      started.delete(String(label));
    }
  },
  timeStamp: nothing,
  profile: nothing,
  profileEnd: nothing,
});
