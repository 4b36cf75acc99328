type Disposer = () => unknown;

/** Keeps what `using` declared and disposes of it, last first. */
export default function usingCtx() {
  const kept: {dispose: Disposer; awaited: boolean}[] = [];
  const keep = (awaited: boolean) => (value: unknown) => {
    if (value === null || value === undefined) {
      return value;
    }
    const symbols = Symbol as unknown as {dispose?: symbol; asyncDispose?: symbol};
    const holder = value as Record<symbol, Disposer | undefined>;
    const dispose =
      (awaited && symbols.asyncDispose ? holder[symbols.asyncDispose] : undefined) ??
      (symbols.dispose ? holder[symbols.dispose] : undefined);
    if (!dispose) {
      throw new TypeError('a value declared with `using` cannot be disposed of');
    }
    kept.push({dispose: () => dispose.call(value), awaited});
    return value;
  };
  return {
    e: undefined as unknown,
    u: keep(false),
    a: keep(true),
    d() {
      const next = (): unknown => {
        for (let one = kept.pop(); one; one = kept.pop()) {
          const done = one.dispose();
          if (one.awaited) {
            return Promise.resolve(done).then(next);
          }
        }
        if (this.e !== undefined) {
          throw this.e;
        }
        return undefined;
      };
      return next();
    },
  };
}
