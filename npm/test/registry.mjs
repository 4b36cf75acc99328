// A registry of npm on loopback that has the packed packages and no others.
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

/** Serves the packages of a folder that npm/pack made; gives the address and how to end. */
export async function serve(folder) {
  const found = new Map();
  for (const name of fs.readdirSync(path.join(folder, 'packages'))) {
    const description = JSON.parse(fs.readFileSync(path.join(folder, 'packages', name, 'package.json'), 'utf8'));
    const file = `${description.name.replace('@', '').replace('/', '-')}-${description.version}.tgz`;
    found.set(description.name, {description, file});
  }
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(request.url.slice(1));
    const file = path.join(folder, path.basename(name));
    if (name.startsWith('-/') && fs.existsSync(file)) {
      response.end(fs.readFileSync(file));
      return;
    }
    const one = found.get(name);
    response.statusCode = one ? 200 : 404;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(one ? entry(one) : {error: 'not found'}));
  });
  const entry = ({description, file}) => {
    const bytes = fs.readFileSync(path.join(folder, file));
    const dist = {
      tarball: `http://127.0.0.1:${server.address().port}/-/${file}`,
      integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
    };
    const {name, version} = description;
    return {name, 'dist-tags': {latest: version}, versions: {[version]: {...description, dist}}};
  };
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {address: `http://127.0.0.1:${server.address().port}/`, end: () => server.close()};
}
