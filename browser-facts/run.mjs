// Runs every scene (or the ones named on the command line) with the real
// Revideo in Chromium and writes what it saw to `facts/`.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {chromium} from 'playwright-core';

const here = path.dirname(fileURLToPath(import.meta.url));
const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
  '--force-device-scale-factor=1',
];

const version = name =>
  JSON.parse(readFileSync(path.join(here, 'node_modules', name, 'package.json'), 'utf8')).version;

// Without `paths`: what stands in for packages where there are none is not for the reference.
const {paths: _, ...referenceOptions} = JSON.parse(readFileSync(path.join(here, 'tsconfig.json'), 'utf8')).compilerOptions;

/** One module that hands the project of a scene file to the page's player. */
async function bundle(file) {
  const result = await build({
    stdin: {
      contents: `
        import {run} from './src/page';
        import project, * as scene from './scenes/${file}';
        globalThis.facts = run(project, scene.frames ?? [0]);`,
      resolveDir: here,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    keepNames: true,
    logLevel: 'error',
    define: {'import.meta.hot': 'undefined'},
    loader: {'.wasm': 'file'},
    outdir: here,
    tsconfigRaw: {compilerOptions: referenceOptions},
  });
  return result.outputFiles.find(output => output.path.endsWith('.js')).text;
}

const face = (file, weight, style, family = 'Roboto') =>
  `@font-face{font-family:'${family}';src:url('/fonts/${file}');font-weight:${weight};font-style:${style}}`;
const family = (name, file, weights = {Regular: [400, 'normal'], Bold: [700, 'normal']}) =>
  Object.entries(weights).map(([name_, [weight, style]]) => face(`${file}${name_}.woff2`, weight, style, name)).join('\n');
const four = {Regular: [400, 'normal'], Bold: [700, 'normal'], Italic: [400, 'italic'], BoldItalic: [700, 'italic']};
const html = `<!doctype html><meta charset="utf-8"><style>
${face('Roboto-Regular.ttf', 400, 'normal')}
${face('Roboto-Bold.ttf', 700, 'normal')}
${face('Roboto-Italic.ttf', 400, 'italic')}
${face('Roboto-BoldItalic.ttf', 700, 'italic')}
${family('Liberation Sans', 'LiberationSans-', four)}
${family('Liberation Serif', 'LiberationSerif-', four)}
${family('Liberation Mono', 'LiberationMono-')}
${family('DejaVu Sans', 'DejaVuSans', {'': [400, 'normal'], '-Bold': [700, 'normal']})}
${family('DejaVu Sans Mono', 'DejaVuSansMono', {'': [400, 'normal'], '-Bold': [700, 'normal']})}
${face('NotoColorEmoji.woff2', 400, 'normal', 'Noto Color Emoji')}
</style><body><script type="module" src="/scene.js"></script></body>`;
const types = {'.png': 'image/png', '.jpg': 'image/jpeg', '.mp4': 'video/mp4', '.ttf': 'font/ttf', '.woff2': 'font/woff2', '.mp3': 'audio/mpeg', '.wav': 'audio/wav', '.svg': 'image/svg+xml'};

/** Serves the page, the current bundle, the fonts and `public/`. */
function serve(script) {
  const server = createServer((request, response) => {
    const name = new URL(request.url, 'http://localhost').pathname;
    // Byte ranges: a video element cannot seek without them.
    const send = (type, body) => {
      const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
      const head = {'content-type': type, 'accept-ranges': 'bytes'};
      if (first === undefined) return response.writeHead(200, {...head, 'content-length': Buffer.byteLength(body)}).end(body);
      const part = body.subarray(Number(first), last ? Number(last) + 1 : body.length);
      const range = `bytes ${first}-${Number(first) + part.length - 1}/${body.length}`;
      response.writeHead(206, {...head, 'content-length': part.length, 'content-range': range}).end(part);
    };
    if (name === '/favicon.ico') return send('image/png', '');
    if (name === '/') return send('text/html', html);
    if (name === '/scene.js') return send('text/javascript', script);
    const file = name.startsWith('/fonts/')
      ? path.join(here, '../crates/script', name)
      : path.join(here, 'public', name);
    try {
      send(types[path.extname(file)] ?? 'application/octet-stream', readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** The facts of one scene, as the page gives them. */
async function play(context, file) {
  const server = await serve(await bundle(file));
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', error => errors.push(String(error)));
  page.on('console', message => message.type() === 'error' && errors.push(message.text()));
  // What splits code of a `CodeBlock` into tokens; the reference fetches it.
  await page.route('https://esm.sh/vscode-oniguruma@*/**', route =>
    route.fulfill({contentType: 'application/wasm', path: path.join(here, 'node_modules/vscode-oniguruma/release/onig.wasm')}));
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => globalThis.facts, null, {timeout: 15000});
    const facts = await page.evaluate(() => globalThis.facts);
    const messages = errors.map(error => error.replace(/^\{message: /, '').replace(/, stack: .*/s, ''));
    facts.complaints = [...new Set([...facts.complaints, ...messages])];
    return facts;
  } catch (error) {
    throw new Error([String(error), ...errors].join('\n'), {cause: error});
  } finally {
    await page.close();
    server.close();
  }
}

/** Rounded coordinates, one node a line: a changed fact is a changed line. */
function print(header, facts) {
  const frames = facts.frames.map(({frame, nodes}) =>
    `    {"frame": ${frame}, "nodes": [\n${nodes.map(node => `      ${JSON.stringify(node)}`).join(',\n')}\n    ]}`);
  const head = {...header, size: facts.size, fps: facts.fps, frameCount: facts.frameCount, complaints: facts.complaints};
  const fields = Object.entries(head).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{\n${fields.join(',\n')},\n  "frames": [\n${frames.join(',\n')}\n  ]\n}\n`;
}

const named = process.argv.slice(2);
const scenes = readdirSync(path.join(here, 'scenes'))
  .filter(file => file.endsWith('.tsx'))
  .filter(file => named.length === 0 || named.includes(path.basename(file, '.tsx')))
  .sort();
const header = {
  revideo: {core: version('@revideo/core'), '2d': version('@revideo/2d')},
  chromium: execFileSync(browserPath, ['--version'], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}).trim(),
  date: new Date().toISOString().slice(0, 10),
};
const profile = mkdtempSync(path.join(tmpdir(), 'browser-facts-'));
// Hinting off, as it is on most screens: glyphs keep their shapes and advances, and
// the facts do not depend on the settings of the machine that wrote them.
const fontSettings = path.join(profile, 'fonts.conf');
writeFileSync(fontSettings, `<?xml version="1.0"?>
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <cachedir>${profile}/fonts</cachedir>
  <match target="pattern">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="autohint" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
  </match>
</fontconfig>
`);
const context = await chromium.launchPersistentContext(profile, {
  env: {...process.env, FONTCONFIG_FILE: fontSettings},
  executablePath: browserPath,
  headless: true,
  args: browserArguments,
  viewport: {width: 1280, height: 720},
});
let failed = 0;
try {
  for (const file of scenes) {
    const name = path.basename(file, '.tsx');
    try {
      const facts = await play(context, file);
      const old = readdirSync(path.join(here, 'facts')).filter(entry => entry.startsWith(`${name}-`) && /^\d+\.png$/.test(entry.slice(name.length + 1)));
      for (const entry of old) rmSync(path.join(here, 'facts', entry));
      for (const {frame, picture} of facts.frames) {
        writeFileSync(path.join(here, 'facts', `${name}-${frame}.png`), Buffer.from(picture.split(',')[1], 'base64'));
      }
      writeFileSync(path.join(here, 'facts', `${name}.json`), print(header, facts));
      console.log(`${name}: ${facts.frameCount} frames${facts.complaints.map(line => `\n  ${line}`).join('')}`);
    } catch (error) {
      failed++;
      console.error(`${name}: ${error.message}`);
    }
  }
} finally {
  await context.close();
  rmSync(profile, {recursive: true, force: true});
}
process.exitCode = failed ? 1 : 0;
