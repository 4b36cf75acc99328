export type PictureKind = 'png' | 'jpeg' | 'webp' | 'rgba';

/** A studio that is asked over HTTP. */
export class Connection {
  /** `base` is where its answers are: `api/` of its address. */
  public constructor(public readonly base: URL) {}

  /** Asks for something. */
  public async ask(path: string, signal?: AbortSignal): Promise<Response> {
    return answered(await fetch(new URL(path, this.base), {signal}));
  }

  /** Has something done. */
  public async tell(path: string, fields: object = {}): Promise<any> {
    const response = await fetch(new URL(path, this.base), {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body: JSON.stringify(fields),
    });
    return (await answered(response)).json();
  }

  /** Hears of each state, and whether the studio is there at all; the answer ends it. */
  public listen<State>(state: (state: State) => void, connected: (connected: boolean) => void): () => void {
    const source = new EventSource(new URL('events', this.base));
    source.onopen = () => connected(true);
    source.onerror = () => connected(false);
    source.onmessage = message => state(JSON.parse(message.data));
    return () => source.close();
  }
}

async function answered(response: Response): Promise<Response> {
  if (response.ok) return response;
  let message = response.statusText;
  try {
    message = (await response.json()).error ?? message;
  } catch {
    // Whatever stands there is not the studio's.
  }
  throw new Error(message);
}

/** Where a frame's picture is. */
export function framePath(frame: number, kind: PictureKind, width?: number, aside = false): string {
  const query = new URLSearchParams({as: kind});
  if (width !== undefined) query.set('width', String(width));
  if (aside) query.set('aside', '1');
  return `frame/${frame}?${query}`;
}
