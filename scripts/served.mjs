// A server on loopback that hands a folder out.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

const TYPES = {
  '.html': 'text/html', '.js': 'text/javascript', '.png': 'image/png', '.mp4': 'video/mp4', '.fmp4': 'video/mp4', '.m4s': 'video/iso.segment',
  '.webm': 'video/webm', '.m3u8': 'application/vnd.apple.mpegurl',
};

/** Serves a folder, also parts of its files. */
export async function serverOf(folder) {
  const server = http.createServer((request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    if (url.pathname === '/') {
      response.writeHead(200, {'content-type': 'text/html'});
      response.end('<!doctype html><body></body>');
      return;
    }
    const file = path.join(folder, path.normalize(decodeURIComponent(url.pathname)));
    if (!fs.existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const bytes = fs.readFileSync(file);
    const head = {'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream', 'accept-ranges': 'bytes', 'cache-control': 'no-store'};
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    if (from === undefined) {
      response.writeHead(200, {...head, 'content-length': bytes.length}).end(bytes);
      return;
    }
    const end = to ? Math.min(Number(to) + 1, bytes.length) : bytes.length;
    const part = bytes.subarray(Number(from), end);
    response.writeHead(206, {
      ...head, 'content-length': part.length, 'content-range': `bytes ${from}-${end - 1}/${bytes.length}`,
    }).end(part);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {url: `http://127.0.0.1:${server.address().port}`, end: () => server.close()};
}
