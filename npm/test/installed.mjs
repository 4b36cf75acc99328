// Folders in which the packed packages are installed, and projects in them.
import {execFile} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';

const call = promisify(execFile);
const work = process.env.KINORA_TEST_WORK;
export const BINARY = process.env.KINORA_TEST_BINARY;

/** The environment of a user who has npm, TypeScript and nothing else of ours. */
export function environment(folder) {
  return {
    PATH: `${process.env.KINORA_TEST_TSC}${path.delimiter}${process.env.PATH}`,
    HOME: folder,
    TMPDIR: temporary(folder),
    KINORA_CACHE_DIR: path.join(folder, '.cache'),
    npm_config_registry: process.env.KINORA_TEST_REGISTRY,
    npm_config_cache: path.join(folder, '.npm'),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  };
}

function temporary(folder) {
  const place = path.join(folder, '.tmp');
  fs.mkdirSync(place, {recursive: true});
  return place;
}

/** An empty folder with this package.json. */
export function folder(name, description = {}) {
  const place = path.join(work, name);
  fs.mkdirSync(place, {recursive: true});
  write(place, 'package.json', JSON.stringify({name: 'test', private: true, ...description}, null, 2));
  return place;
}

export function write(place, name, text) {
  const file = path.join(place, name);
  fs.mkdirSync(path.dirname(file), {recursive: true});
  fs.writeFileSync(file, text);
  return file;
}

/** Runs a command there and gives what it printed; a failure is thrown with its output. */
export async function run(place, command, args, env = {}) {
  try {
    return await call(command, args, {cwd: place, env: {...environment(place), ...env}, maxBuffer: 1 << 26});
  } catch (error) {
    error.message += `\n${error.stdout}\n${error.stderr}`;
    throw error;
  }
}

/** A folder with `kinora` installed, and its exports. This process works in it from here on. */
export async function installed(name) {
  const place = folder(name);
  await run(place, 'npm', ['install', 'kinora']);
  process.chdir(place);
  Object.assign(process.env, environment(place));
  delete process.env.KINORA_BINARY;
  return {place, kinora: await import(path.join(place, 'node_modules/kinora/index.mjs'))};
}

/** Writes a small project whose scene does this. */
export function project(place, name, body) {
  return write(
    place,
    `src/${name}.tsx`,
    `import {Audio, Circle, Rect, Txt, makeScene2D} from '@revideo/2d';
import {createRef, makeProject, useScene, waitFor} from '@revideo/core';
const scene = makeScene2D('scene', function* (view) {
${body}
});
export default makeProject({scenes: [scene], settings: {shared: {size: {x: 160, y: 90}}}});
`,
  );
}

/** A scene of one second in which no two frames are alike. */
export const MOVING = `  const square = createRef<Rect>();
  view.add(<Rect ref={square} size={30} x={-60} fill={useScene().variables.get('fill', 'white')()} />);
  yield* square().position.x(60, 1);`;
/** A scene that takes long to render. */
export const LONG = `  const disc = createRef<Circle>();
  view.add(<Circle ref={disc} size={50} fill={'red'} />);
  yield* disc().scale(3, 600);`;
