/** A signal whose value depends on itself. */
export class CircularSignalError extends Error {
  public readonly remarks: string;

  public constructor(cycle: string[]) {
    super(`signal \`${cycle[0]}\` depends on itself: ${cycle.join(' -> ')}`);
    this.name = 'CircularSignalError';
    this.remarks = 'a reactive value may not read, directly or through other signals, the property it is assigned to';
  }
}
