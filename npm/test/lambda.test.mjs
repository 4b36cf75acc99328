// A Lambda function written for Revideo, with our packages under its packages' names: called by the
// `aws` command, it calls itself for each part in the emulator and joins them.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import test from 'node:test';
import {fileURLToPath} from 'node:url';

import {BINARY, environment, folder, run, write} from './installed.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const hello = path.join(here, '../../examples/hello');
const AWS = process.env.KINORA_AWS ?? '/usr/bin/aws';

/** The project and its function, compiled, as they are put into an image. */
async function deployed() {
  const place = folder('function', {
    dependencies: {
      '@revideo/2d': 'npm:@kinora/2d',
      '@revideo/core': 'npm:@kinora/core',
      '@revideo/ffmpeg': 'npm:@kinora/ffmpeg',
      '@revideo/renderer': 'npm:@kinora/renderer',
    },
  });
  await run(place, 'npm', ['install']);
  for (const name of ['src', 'public']) {
    fs.cpSync(path.join(hello, name), path.join(place, name), {recursive: true});
  }
  const tools = path.dirname(process.env.KINORA_TEST_TSC);
  for (const name of ['@aws-sdk', '@sparticuz', '@types']) {
    fs.symlinkSync(path.join(tools, name), path.join(place, 'node_modules', name));
  }
  for (const name of ['lambda.ts', 'bootstrap']) {
    fs.copyFileSync(path.join(here, 'function', name), path.join(place, name));
  }
  const compilerOptions = {
    module: 'CommonJS',
    target: 'ES2022',
    moduleResolution: 'Node10',
    esModuleInterop: true,
    strict: true,
    skipLibCheck: true,
    types: ['node'],
  };
  write(place, 'tsconfig.function.json', JSON.stringify({compilerOptions, files: ['lambda.ts']}));
  await run(place, 'tsc', ['-p', 'tsconfig.function.json']);
  return place;
}

/** The emulator with this function; gives the variables that lead there. */
async function emulated(t, place) {
  const args = ['--memory', '3008', '--listen', '127.0.0.1:0', '--s3-listen', '127.0.0.1:0'];
  const data = path.join(place, '.data');
  const emulator = spawn(
    path.join(path.dirname(BINARY), 'kinora-emulator'),
    [...args, '--data', data, '--env', 'REVIDEO_BUCKET_NAME=kinora', './bootstrap', './lambda.js', 'handler'],
    {cwd: place, env: environment(place), stdio: ['ignore', 'pipe', 'inherit']},
  );
  t.after(async () => {
    emulator.kill('SIGINT');
    await once(emulator, 'exit');
  });
  const variables = {};
  await new Promise((told, failed) => {
    emulator.on('exit', code => failed(new Error(`the emulator ended with ${code}`)));
    readline.createInterface({input: emulator.stdout}).on('line', line => {
      const [, name, value] = line.match(/^export (\w+)=(\S+)$/) ?? [];
      if (name) variables[name] = value;
      if (name === 'AWS_SECRET_ACCESS_KEY') told();
    });
  });
  return {data, variables};
}

test("a function of Revideo's users renders a film in parts, unchanged", async t => {
  const place = await deployed();
  const {data, variables} = await emulated(t, place);
  write(place, 'event.json', JSON.stringify({jobType: 'fullRender', jobId: 'hello', numWorkers: 3, variables: {message: 'Hi'}}));
  const call = ['lambda', 'invoke', '--function-name', 'kinora', '--payload', 'fileb://event.json', 'answer.json'];
  await run(place, AWS, ['--endpoint-url', variables.AWS_ENDPOINT_URL_LAMBDA, '--cli-read-timeout', '900', ...call], variables);
  const {body, statusCode} = JSON.parse(fs.readFileSync(path.join(place, 'answer.json'), 'utf8'));
  assert.equal(statusCode, 200, body);
  assert.deepEqual(JSON.parse(body), {resultUrl: 'hello.mp4'});
  const film = path.join(data, 's3/kinora/hello.mp4');
  const probed = await run(place, 'ffprobe', ['-v', 'error', '-count_packets', '-show_streams', '-of', 'json', film]);
  const streams = JSON.parse(probed.stdout).streams;
  const [picture, sound] = ['video', 'audio'].map(kind => streams.find(stream => stream.codec_type === kind));
  assert.deepEqual([Number(picture.nb_read_packets), Number(picture.duration)], [900, 30]);
  assert.equal(Number(sound.duration), 30);
  // The variables reached the parts: the film is the one that is rendered here.
  await run(place, BINARY, ['render', 'src/project.tsx', '-o', 'own.mp4', '--var', 'message=Hi', '--no-audio']);
  const pictures = async file => (await run(place, 'ffmpeg', ['-v', 'error', '-i', file, '-map', '0:v', '-f', 'framemd5', '-'])).stdout;
  assert.equal(await pictures(film), await pictures(path.join(place, 'own.mp4')));
});
