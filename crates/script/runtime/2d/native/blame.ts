/** A node that remembers where it was made. */
export interface Blamable {
  readonly key: string;
  /** Its stack is that of the call that made the node. */
  readonly $$made: Error;
}

/**
 * Adds to an error that arose long after the node's making where the node was made: there the
 * author of the scene finds the property at fault.
 */
export function blame(error: unknown, node: Blamable): unknown {
  if (error instanceof Error && !blamed.has(error)) {
    blamed.add(error);
    try {
      error.stack = `${error.stack ?? ''}\n${node.$$made.stack ?? ''}`;
    } catch {
      // A frozen error keeps the stack it has.
    }
  }
  return error;
}

const blamed = new WeakSet<Error>();
