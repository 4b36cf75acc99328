import {define, native} from './native';

/** The answer to a request that succeeded. */
class Response {
  readonly ok = true;
  readonly status = 200;
  readonly statusText = 'OK';
  constructor(
    readonly url: string,
    private readonly bytes: ArrayBuffer,
  ) {}
  arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.resolve(this.bytes);
  }
  text(): Promise<string> {
    const Decoder = (globalThis as unknown as {TextDecoder: new () => {decode(bytes: ArrayBuffer): string}}).TextDecoder;
    return Promise.resolve(new Decoder().decode(this.bytes));
  }
  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
}

/** Reads a URL or a file of the project. */
async function fetch(input: unknown, options?: {method?: string}): Promise<Response> {
  const url = String((input as {url?: unknown})?.url ?? input);
  const method = (options?.method ?? 'GET').toUpperCase();
  if (method !== 'GET') {
    throw new TypeError(`fetch: only GET is available, got \`${method} ${url}\``);
  }
  return new Response(url, native.read(url));
}

define('fetch', fetch);
define('Response', Response);
