interface Test {
  name: string;
  run: () => void | Promise<void>;
}

const tests: Test[] = [];

/** Declares a test; tests run when {@link runTests} is called. */
export function test(name: string, run: () => void | Promise<void>): void {
  tests.push({name, run});
}

/** Runs the declared tests, prints those that fail, and throws at the end if any did. */
export async function runTests(): Promise<void> {
  let failed = 0;
  for (const {name, run} of tests) {
    try {
      await run();
    } catch (error: any) {
      failed++;
      console.error(`not ok: ${name}\n  ${error?.message ?? error}\n${error?.stack ?? ''}`);
    }
  }
  console.log(`${tests.length - failed} of ${tests.length} tests passed`);
  const count = tests.length;
  tests.length = 0;
  if (failed > 0 || count === 0) throw new Error(`${failed} of ${count} tests failed`);
}

function show(value: unknown): string {
  if (typeof value === 'function') return value.toString();
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** Same value, compared in depth; numbers exactly. */
export function equal(actual: unknown, expected: unknown, what = 'value'): void {
  if (!same(actual, expected)) throw new Error(`${what}: got ${show(actual)}, expected ${show(expected)}`);
}

/** Numbers, or arrays and objects of numbers, that differ by at most `tolerance`. */
export function near(actual: any, expected: any, tolerance: number, what = 'value'): void {
  if (typeof expected === 'number') {
    if (!(Math.abs(actual - expected) <= tolerance)) {
      throw new Error(`${what}: got ${actual}, expected ${expected} ± ${tolerance}`);
    }
    return;
  }
  equal(Object.keys(actual).length, Object.keys(expected).length, `${what}: number of entries`);
  for (const key of Object.keys(expected)) near(actual[key], expected[key], tolerance, `${what}.${key}`);
}

export function ok(condition: unknown, what: string): void {
  if (!condition) throw new Error(what);
}

/** The error that `run` throws; fails if it throws none or its message lacks `part`. */
export function throws(run: () => unknown, part: string): Error {
  try {
    run();
  } catch (error: any) {
    ok(String(error.message).includes(part), `the error \`${error.message}\` does not mention \`${part}\``);
    return error;
  }
  throw new Error(`expected an error that mentions \`${part}\``);
}

/** The error that `run` rejects with; fails if it does not reject or its message lacks `part`. */
export async function rejects(run: () => Promise<unknown>, part: string): Promise<Error> {
  try {
    await run();
  } catch (error: any) {
    ok(String(error.message).includes(part), `the error \`${error.message}\` does not mention \`${part}\``);
    return error;
  }
  throw new Error(`expected a rejection that mentions \`${part}\``);
}

function same(a: any, b: any): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every(key => same(a[key], b[key]));
}
