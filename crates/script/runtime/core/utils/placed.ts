/** Adds to an error's stack where a function is written: the error came of what the function returned. */
export function placed(error: unknown, source: Function): unknown {
  const {fileName, lineNumber, columnNumber} = source as Function & Record<string, unknown>;
  if (!(error instanceof Error) || typeof fileName !== 'string') return error;
  try {
    error.stack = `${error.stack ?? ''}\n    at ${source.name || '<anonymous>'} (${fileName}:${lineNumber}:${columnNumber})`;
  } catch {
    // A frozen error keeps the stack it has.
  }
  return error;
}
