/** Throws for a part of the browser-based library that this renderer does not have. */
export function unavailable(what: string, instead: string): never {
  throw new Error(`\`${what}\` is not available: there is no browser here; ${instead}`);
}
