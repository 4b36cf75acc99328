import {define, native} from './native';

define('process', {
  argv: native.argv,
  env: native.env,
  platform: 'kinora',
  versions: {},
  exitCode: undefined as number | undefined,
  cwd: () => native.env.PWD ?? '/',
  exit(code?: number) {
    native.exit(code ?? this.exitCode ?? 0);
  },
  nextTick: (callback: (...args: unknown[]) => void, ...args: unknown[]) => queueMicrotask(() => callback(...args)),
  on: () => undefined,
  stdout: {write: (text: unknown) => native.log('info', String(text).replace(/\n$/, ''))},
  stderr: {write: (text: unknown) => native.log('error', String(text).replace(/\n$/, ''))},
});
define('self', globalThis);
define('global', globalThis);
