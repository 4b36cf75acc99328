/** What a job of `kinora serve` tells. */
interface Told {
  status: string;
  progress: {frames?: number; totalFrames?: number | null} | null;
  output: {url: string} | null;
  error: {message?: string} | null;
}

/** Who hears of a job. */
interface Listener {
  /** It goes on: which share of it is made, if that is known. */
  progress(share: number | null): void;
  /** Its film can be fetched here. */
  done(film: string): void;
  /** It has no film. */
  failed(message: string): void;
}

/** A job of a render service that is waited for. */
export class RenderJob {
  readonly #source: EventSource;

  public constructor(address: string, listener: Listener) {
    const base = new URL(address, document.baseURI);
    const events = new URL(`${base.pathname.replace(/\/$/, '')}/events`, base);
    this.#source = new EventSource(events);
    const on = (name: string, work: (told: Told) => void) =>
      this.#source.addEventListener(name, event => work(JSON.parse((event as MessageEvent).data)));
    on('progress', ({progress}) => {
      const {frames, totalFrames} = progress ?? {};
      listener.progress(frames !== undefined && totalFrames ? Math.min(1, frames / totalFrames) : null);
    });
    const end = (work: () => void) => {
      this.close();
      work();
    };
    on('succeeded', told => end(() => listener.done(told.output?.url ?? '')));
    on('failed', told => end(() => listener.failed(`The film was not rendered: ${told.error?.message ?? 'it is not said why'}`)));
    on('cancelled', () => end(() => listener.failed('The film was not rendered: the job was cancelled.')));
    this.#source.onerror = () => {
      // A connection that only broke is made anew by the browser.
      if (this.#source.readyState !== EventSource.CLOSED) return;
      end(() => listener.failed(`No such job is known at ${base.origin}, or it does not answer pages of this site (--allow-origin).`));
    };
  }

  public close(): void {
    this.#source.close();
  }
}
