/** What a {@link DetailedError} tells. */
export interface ErrorDetails {
  message: string;
  remarks?: string;
  object?: unknown;
  durationMs?: number;
  inspect?: string;
}

/** An error with remarks on what to do. */
export class DetailedError extends Error {
  public readonly remarks?: string;
  public readonly object?: unknown;
  public readonly durationMs?: number;
  public readonly inspect?: string;

  public constructor(message: string, remarks?: string);
  public constructor(props: ErrorDetails);
  public constructor(props: string | ErrorDetails, remarks?: string) {
    super(typeof props === 'string' ? props : props.message);
    if (typeof props === 'string') {
      this.remarks = remarks;
    } else {
      this.remarks = props.remarks;
      this.object = props.object;
      this.durationMs = props.durationMs;
      this.inspect = props.inspect;
    }
  }
}
