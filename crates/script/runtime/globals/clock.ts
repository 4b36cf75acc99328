import {define, native} from './native';

/** A `Date` whose present stands still, so that a film does not depend on when it was recorded. */
function frozen(): DateConstructor {
  const Real = Date;
  const made = new Proxy(Real, {
    construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [native.now()] : args, self),
    apply: () => new Real(native.now()).toString(),
    get: (target, key, self) => (key === 'now' ? () => native.now() : Reflect.get(target, key, self)),
  });
  Real.prototype.constructor = made;
  return made;
}

if (!native.live) {
  define('Date', frozen());
}

interface Entry {
  name: string;
  entryType: 'mark' | 'measure';
  startTime: number;
  duration: number;
  detail: unknown;
}

let entries: Entry[] = [];
const now = () => (native.live ? native.elapsed() : 0);
const moment = (name: string) => entries.findLast(entry => entry.name === name && entry.entryType === 'mark')?.startTime ?? 0;

function add(entry: Entry): Entry {
  entries.push(entry);
  return entry;
}

function clear(kind: Entry['entryType'], name?: string): void {
  entries = entries.filter(entry => entry.entryType !== kind || (name !== undefined && entry.name !== name));
}

define('performance', {
  now,
  timeOrigin: Date.now(),
  mark: (name: string, options: {startTime?: number; detail?: unknown} = {}) =>
    add({name, entryType: 'mark', startTime: options.startTime ?? now(), duration: 0, detail: options.detail ?? null}),
  measure: (name: string, from?: string, to?: string) => {
    const startTime = typeof from === 'string' ? moment(from) : 0;
    const end = typeof to === 'string' ? moment(to) : now();
    return add({name, entryType: 'measure', startTime, duration: end - startTime, detail: null});
  },
  clearMarks: (name?: string) => clear('mark', name),
  clearMeasures: (name?: string) => clear('measure', name),
  getEntries: () => [...entries],
  getEntriesByName: (name: string) => entries.filter(entry => entry.name === name),
  getEntriesByType: (kind: string) => entries.filter(entry => entry.entryType === kind),
  toJSON: () => ({timeOrigin: Date.now()}),
});
