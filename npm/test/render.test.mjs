// The functions, with a small project.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {monitorEventLoopDelay} from 'node:perf_hooks';
import test from 'node:test';

import {BINARY, MOVING, installed, project, run} from './installed.mjs';

const {kinora, place} = await installed('render');
const {inspect, media, openProject, renderBatch, renderFrame, renderPartialVideo, renderStream, renderVideo} = kinora;
const projectFile = './src/moving.tsx';
project(place, 'moving', MOVING);
project(place, 'logging', `  useScene; view.fill('#204060'); console.log('recorded');\n${MOVING}`);

test('a video is rendered and said how far it is', async () => {
  const stages = [];
  const calls = [];
  const file = await renderVideo({
    projectFile,
    onProgress: progress => stages.push(progress),
    settings: {workers: 2, progressCallback: (worker, progress) => calls.push([worker, progress])},
  });
  assert.equal(file, 'output/video.mp4');
  const {frames} = await inspect({projectFile});
  assert.equal(Math.round((await media.getVideoDuration(file)) * 30), frames);
  assert.deepEqual(await media.getVideoDimensions(file), {width: 160, height: 90});
  assert.deepEqual(stages.at(-1).progress, 1);
  for (const worker of [0, 1]) {
    const own = calls.filter(([one]) => one === worker).map(([, progress]) => progress);
    assert.deepEqual(own, [...own].sort((a, b) => a - b));
    assert.equal(own.at(-1), 1);
  }
});

test('settings are those of the reference and of the command', async () => {
  const file = await renderVideo({
    projectFile,
    variables: {fill: 'red'},
    settings: {
      outDir: path.join(place, 'made'),
      outFile: 'film.mp4',
      cache: false,
      crf: 30,
      preset: 'ultrafast',
      segmentSeconds: 0.5,
      stats: 'stats.json',
      projectSettings: {size: {x: 64, y: 36}, range: [0.5, Infinity], fps: 20, background: '#102030', resolutionScale: 2},
    },
  });
  assert.equal(file, path.join(place, 'made/film.mp4'));
  await run(place, BINARY, [
    ...['render', projectFile, '--var', 'fill=red', '-o', 'same.mp4', '--crf', '30', '--preset', 'ultrafast', '--segment-seconds', '0.5'],
    ...['--size', '64x36', '--range', '0.5:', '--fps', '20', '--background', '#102030', '--scale', '2'],
  ]);
  assert.ok(fs.readFileSync(file).equals(fs.readFileSync('same.mp4')));
  assert.equal(JSON.parse(fs.readFileSync('stats.json', 'utf8')).cacheHits, 0);
});

test('an exporter of pictures makes a file of each', async () => {
  const exporter = {name: '@revideo/core/image-sequence', options: {fileType: 'image/jpeg', quality: 60}};
  const folder = await renderVideo({projectFile, settings: {outFile: 'pictures.mp4', projectSettings: {exporter, fps: 10}}});
  assert.equal(folder, 'output/pictures');
  const {frames} = await inspect({projectFile, settings: {projectSettings: {fps: 10}}});
  const files = fs.readdirSync(folder).sort();
  assert.deepEqual(files, Array.from({length: frames}, (_, frame) => `${String(frame).padStart(6, '0')}.jpg`));
  assert.deepEqual([...fs.readFileSync(path.join(folder, files[0])).subarray(0, 3)], [0xff, 0xd8, 0xff]);
});

test('formats and codecs may be chosen', async () => {
  const settings = {outFile: 'film.av1.mp4', codec: 'av1', bitrate: '200k', noAudio: true, projectSettings: {fps: 10}};
  const file = await renderVideo({projectFile, settings});
  assert.equal(await media.getVideoCodec(file), 'av1');
  assert.equal(await media.checkForAudioStream(file), false);
});

test('a stream gives the film while it is made', async () => {
  const stages = [];
  const stream = renderStream({projectFile, onProgress: progress => stages.push(progress), settings: {segmentSeconds: 0.5}});
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  assert.equal(stages.at(-1).progress, 1);
  fs.writeFileSync('streamed.mp4', Buffer.concat(chunks));
  const {frames} = await inspect({projectFile});
  assert.equal(Math.round((await media.getVideoDuration('streamed.mp4')) * 30), frames);
});

test('a stream ends as the render does', async () => {
  const all = async stream => {
    for await (const chunk of stream) {
      assert.ok(chunk.length > 0);
    }
  };
  await assert.rejects(all(renderStream({projectFile: './src/absent.tsx'})), {code: 'KINORA_PROJECT'});
  const reason = new Error('enough');
  await assert.rejects(all(renderStream({projectFile, signal: AbortSignal.abort(reason)})), reason);
  await assert.rejects(all(renderStream({projectFile, settings: {cache: false}, onProgress() { throw reason; }})), reason);
  // A reader that goes away is no error.
  for await (const chunk of renderStream({projectFile, settings: {segmentSeconds: 0.5, cache: false}})) {
    assert.equal(chunk.subarray(4, 8).toString(), 'ftyp');
    break;
  }
  assert.throws(() => renderStream({projectFile, settings: {outFile: 'a.mp4'}}), /no setting of renderStream/);
});

test('parts together are the whole', async () => {
  const parts = [];
  for (const workerId of [0, 1, 2]) {
    const calls = [];
    const settings = {progressCallback: (worker, progress) => calls.push([worker, progress])};
    parts.push(await renderPartialVideo({projectFile, workerId, numWorkers: 3, settings}));
    assert.deepEqual(calls.at(-1), [workerId, 1]);
  }
  assert.match(parts[1].videoFile, /revideo-video-1-[^/]+\/visuals\.mp4$/);
  await media.concatenateMedia(parts.map(part => part.videoFile), 'visuals.mp4');
  await media.concatenateMedia(parts.map(part => part.audioFile), 'audio.wav');
  const {frames} = await inspect({projectFile});
  assert.equal(Math.round((await media.getVideoDuration('visuals.mp4')) * 30), frames);
  assert.equal(fs.statSync('audio.wav').size, 44 + frames * 1600 * 4);
  assert.equal(await media.getVideoCodec('visuals.mp4'), 'h264');
  assert.equal(await media.checkForAudioStream('visuals.mp4'), false);
});

test('each row of a batch is a video, or an error', async () => {
  project(place, 'rows', `  const name = useScene().variables.get('name', '')();
  if (name === 'odd') throw new Error('no such name');
${MOVING}`);
  const seen = [];
  const rows = await renderBatch({
    projectFile: './src/rows.tsx',
    variables: {fill: 'red'},
    rows: [{name: 'ann'}, {name: 'odd'}, {name: 'bob', fill: 'blue'}],
    settings: {outDir: 'batch', outFile: '{row}-{name}.mp4', preset: 'ultrafast'},
    onRow: (row, index) => seen.push([index, row.output]),
  });
  assert.deepEqual(seen, [[0, 'batch/1-ann.mp4'], [1, 'batch/2-odd.mp4'], [2, 'batch/3-bob.mp4']]);
  assert.deepEqual(rows.map(row => row.stats?.frames), [32, undefined, 32]);
  assert.equal(rows[1].error.code, 'KINORA_PROJECT');
  assert.equal(rows[1].error.place.line, 5);
  assert.deepEqual(fs.readdirSync('batch').sort(), ['1-ann.mp4', '3-bob.mp4']);
  const same = {projectFile: './src/rows.tsx', rows: [{}, {}], settings: {outFile: 'a.mp4'}};
  await assert.rejects(renderBatch(same), {code: 'KINORA_PROJECT', message: /would both be/});
  await assert.rejects(renderBatch({...same, rows: []}), {code: 'KINORA_OPTION', message: /at least one object/});
  await assert.rejects(renderBatch({...same, rows: [7]}), {code: 'KINORA_OPTION', message: '`rows[0]` must be an object, got `7`'});
});

test('a frame is a PNG file in memory', async () => {
  const png = await renderFrame({projectFile, frame: 7});
  assert.ok(Buffer.isBuffer(png));
  await run(place, BINARY, ['frame', projectFile, '--frames', '7', '-o', 'seven.png']);
  assert.ok(png.equals(fs.readFileSync('seven.png')));
  const raw = await renderFrame({projectFile, time: 7 / 30, as: 'rgba', variables: {fill: 'red'}});
  assert.deepEqual([raw.frame, raw.width, raw.height, raw.data.length], [7, 160, 90, 160 * 90 * 4]);
  const reds = new Set();
  for (let at = 0; at < raw.data.length; at += 4) {
    if (raw.data[at + 3] === 255) {
      reds.add(raw.data.toString('hex', at, at + 3));
    }
  }
  assert.deepEqual([...reds], ['ff0000']);
});

test('an open project is recorded once, whatever is asked of it', async t => {
  const logs = [];
  const opened = await openProject({projectFile: './src/logging.tsx', settings: {onLog: log => logs.push(log.message)}});
  const {frames} = await opened.inspect();
  logs.length = 0;
  const last = await opened.renderFrame(frames - 1);
  const begun = performance.now();
  const pictures = await Promise.all(Array.from({length: 100}, (_, index) => opened.renderFrame((index * 7) % frames)));
  t.diagnostic(`100 frames of 160x90 in ${(performance.now() - begun).toFixed(0)} ms`);
  assert.ok(pictures[(frames - 1) * 0].equals(await opened.renderFrame({time: 0})));
  assert.ok(last.equals(await renderFrame({projectFile: './src/logging.tsx', frame: frames - 1, settings: {onLog: () => {}}})));
  assert.deepEqual(logs, ['recorded']);
  await assert.rejects(opened.renderFrame(frames), {code: 'KINORA_PROJECT', message: new RegExp(`there is no frame ${frames}`)});
  // It goes on after what it could not do.
  assert.ok(last.equals(await opened.renderFrame(frames - 1)));
  await opened.close();
  await assert.rejects(opened.renderFrame(0), {code: 'KINORA_CLOSED'});
});

test('many renders at once leave the event loop free', async t => {
  const delay = monitorEventLoopDelay({resolution: 5});
  delay.enable();
  const files = await Promise.all(
    Array.from({length: 10}, (_, index) =>
      renderVideo({projectFile, variables: {fill: `rgb(${index}, 9, 9)`}, settings: {outFile: `many-${index}.mp4`, workers: 1}}),
    ),
  );
  delay.disable();
  t.diagnostic(`event loop lag: 99 % below ${(delay.percentile(99) / 1e6).toFixed(1)} ms, at most ${(delay.max / 1e6).toFixed(1)} ms`);
  assert.equal(new Set(files.map(file => fs.readFileSync(file).toString('base64'))).size, 10);
});

test('a project that was left open does not keep Node from ending', async () => {
  const code = `require('kinora').openProject({projectFile: '${projectFile}'}).then(one => one.renderFrame(0)).then(png => console.log(png.length > 100))`;
  const {stdout} = await run(place, 'node', ['-e', code]);
  assert.equal(stdout, 'true\n');
});

test('media files are told of and put together', async () => {
  await media.createSilentAudioFile('silent.wav', 0.5);
  assert.equal(await media.getVideoDuration('silent.wav'), 0.5);
  assert.equal(await media.getSampleRate('silent.wav'), 48_000);
  await renderVideo({projectFile, settings: {outFile: 'base.mp4'}});
  await media.mergeAudioWithVideo('silent.wav', 'output/base.mp4', 'merged.mp4');
  assert.equal(await media.checkForAudioStream('merged.mp4'), true);
  const {codec, fps, height, width} = await media.getVideoMetadata('merged.mp4');
  assert.deepEqual({codec, fps, height, width}, {codec: 'h264', fps: 30, height: 90, width: 160});
  assert.equal(await media.doesFileExist('merged.mp4'), true);
  assert.equal(await media.doesFileExist('none.mp4'), false);
  await assert.rejects(media.getVideoDuration('none.mp4'), {code: 'KINORA_TOOL', message: /`none\.mp4` does not exist/});
  await assert.rejects(media.concatenateMedia(['merged.mp4', 'output/base.mp4', 'src/moving.tsx'], 'x.mp4'), {code: 'KINORA_TOOL'});
  assert.equal(fs.existsSync('x.mp4'), false);
});
