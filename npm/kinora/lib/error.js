'use strict';

/** What went wrong, with a code that programs can act on; see docs/node.md. */
class KinoraError extends Error {
  constructor(code, message, facts = {}) {
    super(message);
    this.name = 'KinoraError';
    this.code = code;
    Object.assign(this, facts);
  }
}

const CODES = {
  project: 'KINORA_PROJECT',
  exit: 'KINORA_PROJECT',
  tool: 'KINORA_TOOL',
  arguments: 'KINORA_OPTION',
  interrupted: 'KINORA_INTERRUPTED',
};

/** The error that the program has told. */
function told(event) {
  const diagnostics = event.diagnostics ?? [];
  return new KinoraError(CODES[event.kind] ?? 'KINORA_TOOL', event.message, {
    exitCode: event.exitCode,
    place: diagnostics[0]?.place ?? undefined,
    hints: diagnostics[0]?.hints ?? [],
    diagnostics,
  });
}

/** The error of an option that cannot be what it is. */
function wrongOption(message) {
  return new KinoraError('KINORA_OPTION', message);
}

module.exports = {KinoraError, told, wrongOption};
