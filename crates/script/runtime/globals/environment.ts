import {define, native} from './native';

/** Nothing happens to this process that could be listened for. */
function chain(this: unknown): unknown {
  return this;
}

const elapsed = () => (native.live ? native.elapsed() : 0);

/** Seconds and nanoseconds, since `before` where it is given. */
function hrtime(before?: [number, number]): [number, number] {
  const nanoseconds = Math.round(elapsed() * 1e6) - (before ? before[0] * 1e9 + before[1] : 0);
  return [Math.floor(nanoseconds / 1e9), ((nanoseconds % 1e9) + 1e9) % 1e9];
}

define('process', {
  argv: native.argv,
  env: native.env,
  platform: 'kinora',
  arch: 'none',
  pid: 1,
  title: 'kinora',
  execArgv: [],
  release: {name: 'kinora'},
  version: '',
  versions: {},
  browser: true,
  exitCode: undefined as number | undefined,
  cwd: () => native.env.PWD ?? '/',
  exit(code?: number) {
    native.exit(code ?? (this as {exitCode?: number}).exitCode ?? 0);
  },
  nextTick: (callback: (...args: unknown[]) => void, ...args: unknown[]) => queueMicrotask(() => callback(...args)),
  emitWarning: (warning: unknown) => native.log('warn', String((warning as {message?: unknown})?.message ?? warning)),
  hrtime: Object.assign(hrtime, {bigint: () => BigInt(Math.round(elapsed() * 1e6))}),
  uptime: () => elapsed() / 1000,
  memoryUsage: () => ({rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0}),
  on: chain,
  once: chain,
  off: chain,
  addListener: chain,
  removeListener: chain,
  removeAllListeners: chain,
  emit: () => false,
  stdout: {write: (text: unknown) => native.log('info', String(text).replace(/\n$/, ''))},
  stderr: {write: (text: unknown) => native.log('error', String(text).replace(/\n$/, ''))},
});
define('self', globalThis);
define('global', globalThis);
define('navigator', {
  userAgent: 'kinora',
  language: 'en-US',
  languages: ['en-US'],
  platform: 'kinora',
  hardwareConcurrency: 1,
  onLine: true,
  maxTouchPoints: 0,
});
