// What callers, projects and the system do wrong.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';

import {LONG, MOVING, installed, project, write} from './installed.mjs';

const {kinora, place} = await installed('misuse');
const {KinoraError, openProject, renderFrame, renderPartialVideo, renderVideo} = kinora;
const projectFile = 'src/moving.tsx';
project(place, 'moving', MOVING);
project(place, 'long', LONG);
project(place, 'faulty', '  view.add(<Rect />);\n  view.nonsense();');
const circular = {};
circular.self = circular;

/** The files and folders that a render has left in the folder of temporary files. */
const leftovers = () => fs.readdirSync(path.join(place, '.tmp')).filter(name => !name.startsWith('node-'));

for (const [what, promise, message] of [
  ['no options', () => renderVideo(), 'renderVideo takes an object of options, got `undefined`'],
  ['no project', () => renderVideo({}), /needs `projectFile`/],
  ['a project that is no text', () => renderVideo({projectFile: 7}), '`projectFile` must be a text, got `7`'],
  ['an option that is none', () => renderVideo({projectFile, variable: {}}), 'renderVideo has no option `variable`; did you mean `variables`?'],
  ['a setting that is none', () => renderVideo({projectFile, settings: {outfile: 'a.mp4'}}), 'settings has no option `outfile`; did you mean `outFile`?'],
  ['a setting far from all', () => renderVideo({projectFile, settings: {quux: 1}}), 'settings has no option `quux`'],
  ['a project setting that is none', () => renderVideo({projectFile, settings: {projectSettings: {sise: 1}}}), 'projectSettings has no option `sise`; did you mean `size`?'],
  ['workers that are no number', () => renderVideo({projectFile, settings: {workers: '2'}}), '`workers` must be a whole number, at least 1, got `2`'],
  ['no workers', () => renderVideo({projectFile, settings: {workers: 0}}), '`workers` must be a whole number, at least 1, got `0`'],
  ['a size of one number', () => renderVideo({projectFile, settings: {projectSettings: {size: [7]}}}), '`size` must be two numbers, got `[7]`'],
  ['a size that cannot be', () => renderVideo({projectFile, settings: {projectSettings: {size: [0, 7]}}}), /'0x7' for '--size <WxH>': must be two whole numbers/],
  ['a quality that cannot be', () => renderVideo({projectFile, settings: {crf: 99}}), /'99' for '--crf <N>': must be a whole number from 0 to 63/],
  ['variables that are no object', () => renderVideo({projectFile, variables: [1]}), '`variables` must be an object, got `[1]`'],
  ['variables that go round', () => renderVideo({projectFile, variables: circular}), /`variables` cannot be written as JSON/],
  ['a signal that is none', () => renderVideo({projectFile, signal: 1}), '`signal` must be an AbortSignal'],
  ['a callback that is none', () => renderVideo({projectFile, settings: {progressCallback: 1}}), '`progressCallback` must be a function, got `1`'],
  ['another callback that is none', () => renderVideo({projectFile, onProgress: 1}), '`onProgress` must be a function, got `1`'],
  ['an exporter of pictures that are not written', () => renderVideo({projectFile, settings: {projectSettings: {exporter: {name: '@revideo/core/image-sequence', options: {fileType: 'bmp'}}}}}), /`fileType` is `png`, `jpeg` or `webp`, got `bmp`/],
  ['bits that are no rate', () => renderVideo({projectFile, settings: {bitrate: -1}}), /`bitrate` must be bits a second/],
  ['a rate and a quality', () => renderVideo({projectFile, settings: {bitrate: '1M', crf: 20}}), /cannot be used with/],
  ['a format with another ending', () => renderVideo({projectFile, settings: {outFile: 'a.mp4', projectSettings: {exporter: {name: '@revideo/core/ffmpeg', options: {format: 'webm'}}}}}), /written to \.webm files/],
  ['no worker', () => renderPartialVideo({projectFile, numWorkers: 2}), '`workerId` must be a whole number, at least 0, got `undefined`'],
  ['a worker too many', () => renderPartialVideo({projectFile, workerId: 2, numWorkers: 2}), '`workerId` is `2`, but `numWorkers` is `2`'],
  ['no frame', () => renderFrame({projectFile}), /one of both/],
  ['two frames', () => renderFrame({projectFile, frame: 1, time: 1}), /one of both/],
  ['a frame that is half a number', () => renderFrame({projectFile, frame: 1.5}), '`frame` must be a whole number, at least 0, got `1.5`'],
  ['pixels of another kind', () => renderFrame({projectFile, frame: 1, as: 'jpeg'}), '`as` must be `png` or `rgba`, got `jpeg`'],
]) {
  test(`${what}: refused`, async () => {
    const error = await promise().then(
      () => assert.fail('it was not refused'),
      fault => fault,
    );
    assert.ok(error instanceof KinoraError, error.stack);
    assert.equal(error.code, 'KINORA_OPTION', error.stack);
    if (typeof message === 'string') {
      assert.equal(error.message, message);
    } else {
      assert.match(error.message, message);
    }
  });
}

test('a project that is not there is named', async () => {
  for (const work of [renderVideo, one => renderFrame({...one, frame: 0})]) {
    await assert.rejects(work({projectFile: 'src/none.tsx'}), {code: 'KINORA_PROJECT', message: '`src/none.tsx` does not exist'});
  }
});

test("a project's mistake has its place", async () => {
  for (const work of [renderVideo, one => renderFrame({...one, frame: 0})]) {
    const error = await work({projectFile: 'src/faulty.tsx'}).catch(fault => fault);
    assert.equal(error.code, 'KINORA_PROJECT');
    assert.deepEqual([error.place.file, error.place.line], ['src/faulty.tsx', 5]);
    assert.match(error.place.code, /view\.nonsense/);
    assert.match(error.message, /src\/faulty\.tsx:5:/);
  }
});

test('an output that cannot be written is named', async () => {
  write(place, 'file', 'in the way');
  await assert.rejects(renderVideo({projectFile, settings: {outDir: 'file'}}), error => {
    assert.equal(error.code, 'KINORA_TOOL');
    assert.match(error.message, /file/);
    return true;
  });
  assert.deepEqual(leftovers(), []);
});

test('a signal that was aborted before begins nothing', async () => {
  const reason = new Error('not wanted');
  const signal = AbortSignal.abort(reason);
  for (const work of [renderVideo, openProject, one => renderPartialVideo({...one, workerId: 0, numWorkers: 1})]) {
    await assert.rejects(work({projectFile, signal, settings: {outDir: 'aborted'}}), error => error === reason);
  }
  assert.equal(fs.existsSync('aborted'), false);
  assert.deepEqual(leftovers(), []);
});

test('a signal ends a render and leaves nothing', async () => {
  const controller = new AbortController();
  const rendered = renderVideo({
    projectFile: 'src/long.tsx',
    signal: controller.signal,
    onProgress: ({frames}) => frames > 0 && controller.abort(),
    settings: {outFile: 'long.mp4', cache: false},
  });
  await assert.rejects(rendered, {name: 'AbortError'});
  assert.equal(fs.existsSync('output/long.mp4'), false);
  assert.deepEqual(leftovers(), []);
});

test('a signal ends what an open project was asked', async () => {
  const controller = new AbortController();
  const opened = await openProject({projectFile: 'src/long.tsx', signal: controller.signal});
  const frames = [opened.renderFrame(17_000), opened.renderFrame(3)];
  controller.abort();
  for (const one of frames) {
    await assert.rejects(one, {name: 'AbortError'});
  }
  await opened.close();
});

test('what a callback throws ends the render', async () => {
  const reason = new Error('of the callback');
  const settings = {cache: false, progressCallback: () => { throw reason; }};
  await assert.rejects(renderVideo({projectFile: 'src/long.tsx', settings}), error => error === reason);
  assert.deepEqual(leftovers(), []);
});

test('a program that dies is told with what it said', async () => {
  const fake = (name, script) => {
    const file = write(place, name, `#!/bin/sh\n${script}\n`);
    fs.chmodSync(file, 0o755);
    return file;
  };
  try {
    process.env.KINORA_BINARY = fake('killed', 'echo last words >&2; kill -9 $$');
    await assert.rejects(renderVideo({projectFile}), {code: 'KINORA_DIED', signal: 'SIGKILL', message: /SIGKILL.*memory.*\nlast words/});
    await assert.rejects(renderFrame({projectFile, frame: 1}), {code: 'KINORA_DIED', signal: 'SIGKILL'});
    process.env.KINORA_BINARY = fake('odd', 'echo \'{"event":\' >&2; exit 9');
    await assert.rejects(renderVideo({projectFile}), {code: 'KINORA_DIED', exitCode: 9, message: /code 9:\n\{"event":/});
    process.env.KINORA_BINARY = write(place, 'plain', 'no program');
    await assert.rejects(renderVideo({projectFile}), {code: 'KINORA_BINARY', message: /cannot be started/});
    await assert.rejects(renderFrame({projectFile, frame: 1}), {code: 'KINORA_BINARY'});
  } finally {
    delete process.env.KINORA_BINARY;
  }
});
