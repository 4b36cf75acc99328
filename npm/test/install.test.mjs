// What a user does who has only npm.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {fileURLToPath} from 'node:url';

import {BINARY, MOVING, environment, folder, project, run, write} from './installed.mjs';

const repository = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const ALIASES = {
  '@revideo/2d': 'npm:@kinora/2d',
  '@revideo/core': 'npm:@kinora/core',
  '@revideo/ffmpeg': 'npm:@kinora/ffmpeg',
  '@revideo/renderer': 'npm:@kinora/renderer',
};

test('npm install is the whole installation', async t => {
  const place = folder('whole');
  const begun = performance.now();
  await run(place, 'npm', ['install', 'kinora', '@kinora/renderer', '@kinora/ffmpeg']);
  t.diagnostic(`installed in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  const modules = path.join(place, 'node_modules');
  const names = fs.readdirSync(modules).filter(name => !name.startsWith('.'));
  assert.deepEqual(names.sort(), ['@kinora', 'kinora']);
  const packages = ['kinora', ...fs.readdirSync(path.join(modules, '@kinora')).map(name => `@kinora/${name}`)];
  assert.equal(packages.length, 4);
  for (const name of packages) {
    const description = JSON.parse(fs.readFileSync(path.join(modules, name, 'package.json'), 'utf8'));
    assert.equal(description.scripts, undefined, name);
  }
  const {stdout} = await run(place, 'npx', ['--no-install', 'kinora', '--version']);
  const own = await run(place, BINARY, ['--version']);
  assert.equal(stdout, own.stdout);
  const code = await run(place, 'npx', ['--no-install', 'kinora', 'render', 'none.tsx']).then(
    () => 0,
    error => error.code,
  );
  assert.equal(code, 1);
});

test('both kinds of modules have the same functions', async t => {
  const place = folder('modules');
  await run(place, 'npm', ['install', 'kinora', '@kinora/renderer', '@kinora/ffmpeg']);
  for (const name of ['kinora', '@kinora/renderer', '@kinora/ffmpeg']) {
    const common = await run(place, 'node', ['-p', `Object.keys(require('${name}')).sort().join()`]);
    const module = await run(place, 'node', ['--input-type=module', '-e', `import * as all from '${name}';console.log(Object.keys(all).filter(name => !['default', 'module.exports'].includes(name)).sort().join())`]);
    assert.equal(module.stdout, common.stdout);
  }
  const ms = async code => {
    const {stdout} = await run(place, 'node', ['-p', `const begun = performance.now(); ${code}; performance.now() - begun`]);
    return Number(stdout);
  };
  t.diagnostic(`require('kinora') takes ${(await ms("require('kinora')")).toFixed(1)} ms`);
});

test('a project of Revideo renders unchanged, to the same bytes', async () => {
  const hello = path.join(repository, 'examples/hello');
  // As Revideo's own projects have it.
  const place = folder('hello', {
    type: 'module',
    scripts: {render: 'tsc && node dist/render.js'},
    dependencies: ALIASES,
  });
  fs.cpSync(path.join(hello, 'src'), path.join(place, 'src'), {recursive: true});
  fs.cpSync(path.join(hello, 'public'), path.join(place, 'public'), {recursive: true});
  const config = {
    extends: '@revideo/2d/tsconfig.project.json',
    compilerOptions: {noEmit: false, outDir: 'dist', skipLibCheck: false},
    include: ['src'],
  };
  write(place, 'tsconfig.json', JSON.stringify(config));
  await run(place, 'npm', ['install']);
  const {stdout} = await run(place, 'npm', ['run', 'render']);
  assert.match(stdout, /Render progress, worker 0: 100% /);
  assert.match(stdout, /Rendered video to output\/video\.mp4/);
  await run(place, BINARY, ['render', 'src/project.tsx', '-o', 'own.mp4', '--no-cache']);
  const [ours, own] = ['output/video.mp4', 'own.mp4'].map(name => fs.readFileSync(path.join(place, name)));
  assert.ok(ours.equals(own));
});

test('a function that renders parts and joins them runs unchanged', async () => {
  const place = folder('parts', {dependencies: ALIASES});
  await run(place, 'npm', ['install']);
  project(place, 'project', MOVING);
  // What the handler of Revideo's example for AWS Lambda calls, without the calls of AWS.
  write(
    place,
    'lambda.cjs',
    `const {renderPartialVideo} = require('@revideo/renderer');
const {concatenateMedia, getVideoDuration, mergeAudioWithVideo} = require('@revideo/ffmpeg');
(async () => {
  const numWorkers = 5;
  const parts = await Promise.all(Array.from({length: numWorkers}, (_, workerId) => renderPartialVideo({
    projectFile: './src/project.tsx', workerId, numWorkers,
    settings: {logProgress: true, puppeteer: {headless: true}, viteBasePort: 5000},
  })));
  await concatenateMedia(parts.map(part => part.audioFile), 'job-audio.wav');
  await concatenateMedia(parts.map(part => part.videoFile), 'job-visuals.mp4');
  await mergeAudioWithVideo('job-audio.wav', 'job-visuals.mp4', 'job.mp4');
  console.log(JSON.stringify({
    whole: await getVideoDuration('job.mp4'),
    pictures: await getVideoDuration('job-visuals.mp4'),
    sound: await getVideoDuration('job-audio.wav'),
  }));
})();
`,
  );
  const {stderr, stdout} = await run(place, 'node', ['lambda.cjs']);
  const {pictures, sound, whole} = JSON.parse(stdout.trim().split('\n').at(-1));
  const inspected = await run(place, BINARY, ['inspect', 'src/project.tsx', '--json']);
  const {frames} = JSON.parse(inspected.stdout);
  assert.deepEqual([Math.round(pictures * 30), Math.round(sound * 48_000)], [frames, frames * 1600]);
  assert.ok(whole >= pictures && whole < pictures + 0.1, `${whole}`);
  assert.equal(stderr.match(/KINORA_UNUSED/g)?.length, 1);
});

test('the types are those of the functions', async () => {
  const place = folder('types', {dependencies: {kinora: '*', ...ALIASES}});
  await run(place, 'npm', ['install']);
  const source = `import {KinoraError, inspect, openProject, renderBatch, renderFrame, renderVideo} from 'kinora';
import {renderPartialVideo, renderVideo as ofRevideo, type RenderSettings} from '@revideo/renderer';
import {concatenateMedia, extensions, ffmpegSettings} from '@revideo/ffmpeg';

export async function all(): Promise<unknown[]> {
  const settings: RenderSettings = {
    outFile: 'a.mp4', workers: 2, logProgress: true, crf: 20, now: new Date(0),
    progressCallback: (worker, progress) => { const sum: number = worker + progress; void sum; },
    projectSettings: {size: {x: 1, y: 2}, range: [0, Infinity], background: null, exporter: {name: '@revideo/core/wasm'}},
    puppeteer: {args: []}, viteConfig: {},
  };
  const file: string = await renderVideo({projectFile: 'a.tsx', variables: {a: 1}, settings, signal: new AbortController().signal, onProgress: ({stage, secondsLeft}) => { const left: number | null = secondsLeft; void [stage, left]; }});
  const part: {audioFile: string; videoFile: string} = await renderPartialVideo({projectFile: 'a.tsx', workerId: 0, numWorkers: 2});
  const png: Uint8Array = await renderFrame({projectFile: 'a.tsx', frame: 3});
  const raw = await renderFrame({projectFile: 'a.tsx', time: 1.5, as: 'rgba'});
  const project = await openProject({projectFile: 'a.tsx', settings: {untrusted: true}});
  await project.renderFrame(3);
  await project.close();
  await concatenateMedia(['a'], 'b');
  const frames: (number | undefined)[] = (await renderBatch({projectFile: 'a.tsx', rows: [{}]})).map(row => row.stats?.frames);
  void frames;
  ffmpegSettings.setLogLevel('error');
  const place = new KinoraErrorOf().line;
  // @ts-expect-error a frame is named once
  void renderFrame({projectFile: 'a.tsx', frame: 3, time: 1});
  // @ts-expect-error no such setting
  void ofRevideo({projectFile: 'a.tsx', settings: {worker: 2}});
  // @ts-expect-error an ending that no format has
  void ofRevideo({projectFile: 'a.tsx', settings: {outFile: 'a.avi'}});
  return [file, part, png, raw.width, (await inspect({projectFile: 'a.tsx'})).frames, extensions.proRes, place];
}
class KinoraErrorOf { line: number | undefined = (undefined as KinoraError | undefined)?.place?.line; }
`;
  for (const [name, module, moduleResolution] of [['a.mts', 'NodeNext', 'NodeNext'], ['a.cts', 'NodeNext', 'NodeNext'], ['a.ts', 'ESNext', 'bundler']]) {
    write(place, name, source);
    const compilerOptions = {strict: true, noEmit: true, types: [], lib: ['ES2022', 'DOM'], target: 'ES2022', module, moduleResolution};
    write(place, 'tsconfig.json', JSON.stringify({compilerOptions, files: [name]}));
    await run(place, 'tsc', ['-p', '.']);
  }
});

test('the player comes with its modules and types', async () => {
  const place = folder('player');
  await run(place, 'npm', ['install', '@kinora/player']);
  assert.deepEqual(fs.readdirSync(path.join(place, 'node_modules/@kinora')), ['player']);
  const code = "import {KinoraPlayer} from '@kinora/player'; console.log(typeof KinoraPlayer, typeof customElements)";
  const {stdout} = await run(place, 'node', ['--input-type=module', '-e', code]);
  assert.equal(stdout, 'function undefined\n');
  write(place, 'a.ts', "import {KinoraPlayer} from '@kinora/player';\nexport const last = (player: KinoraPlayer): number => player.duration;\n");
  const compilerOptions = {strict: true, noEmit: true, types: [], lib: ['ES2022', 'DOM'], target: 'ES2022', module: 'ESNext', moduleResolution: 'bundler'};
  write(place, 'tsconfig.json', JSON.stringify({compilerOptions, files: ['a.ts']}));
  await run(place, 'tsc', ['-p', '.']);
});

test('a missing program is named with its causes', async () => {
  const place = folder('missing');
  await run(place, 'npm', ['install', '--omit=optional', 'kinora']);
  const told = async env => {
    const code = "try { console.log(require('kinora').binaryPath()) } catch (error) { console.log(error.code, error.message) }";
    const {stdout} = await run(place, 'node', ['-e', code], env);
    return stdout;
  };
  const text = await told();
  assert.match(text, /^KINORA_BINARY the package `@kinora\/[a-z0-9-]+`/);
  assert.match(text, /another system/);
  assert.match(text, /--omit=optional/);
  assert.equal(await told({KINORA_BINARY: BINARY}), `${BINARY}\n`);
  assert.match(await told({KINORA_BINARY: '/none'}), /^KINORA_BINARY KINORA_BINARY names `\/none`, which is not a file/);
  await assert.rejects(run(place, 'npx', ['--no-install', 'kinora', '--version']), /error: the package `@kinora/);
  assert.ok(environment(place).KINORA_BINARY === undefined);
});
