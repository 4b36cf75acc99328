// A project, its studio and a page on which it is open.
import {execFileSync, spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {chromium} from 'playwright-core';
import {wav} from './wav.mjs';

const {KINORA, KINORA_WORK, KINORA_SCREENSHOTS} = process.env;

/** A square that moves for two seconds, with a variable, a sound and a log line. */
export const SOURCE = `import {Audio, Rect, Txt, makeScene2D} from '@revideo/2d';
import {createRef, makeProject, useScene} from '@revideo/core';

const scene = makeScene2D('intro', function* (view) {
  const color = useScene().variables.get('color', '#ff5533');
  const title = useScene().variables.get('title', 'Hello');
  const square = createRef<Rect>();
  view.fill('#10131a');
  view.add(<Rect ref={square} key={'square'} size={100} x={-200} fill={color()} />);
  view.add(<Txt key={'title'} text={title()} y={120} fontSize={48} fill={'white'} />);
  view.add(<Audio src={'/beep.wav'} play={true} />);
  console.log('colour', color());
  yield* square().position.x(200, 2);
});

export default makeProject({scenes: [scene], settings: {shared: {size: {x: 640, y: 360}}}});
`;

/** Two seconds of a tone, as a file. */
function beep() {
  const loudness = index => 9000 * ((index % 48_000) / 48_000);
  const sample = (_, index) => Math.round(loudness(index) * Math.sin((index * 440 * 2 * Math.PI) / 48_000));
  return wav(Int16Array.from({length: 96_000}, sample), 48_000);
}

/** Makes a folder of a project with these files, by name. */
export function projectOf(name, files) {
  const folder = path.join(KINORA_WORK, name);
  for (const [file, content] of Object.entries({'package.json': '{}', 'public/beep.wav': beep(), ...files})) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), {recursive: true});
    fs.writeFileSync(path.join(folder, file), content);
  }
  return folder;
}

/** Starts `kinora studio` in a folder; `end` ends it. */
export async function studioOf(folder, {words = [], env = {}} = {}) {
  const child = spawn(KINORA, ['studio', 'src/project.tsx', '--no-open', ...words], {
    cwd: folder,
    env: {...process.env, ...env},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    let told = '';
    child.stdout.on('data', part => {
      told += part;
      if (told.includes('\n')) resolve(told.split('\n')[0]);
    });
    child.on('exit', code => reject(new Error(`the studio ended with ${code}`)));
  });
  const ended = new Promise(resolve => child.on('exit', resolve));
  // Whatever happens, it does not outlive its user.
  process.on('exit', () => child.kill('SIGKILL'));
  return {
    url,
    end: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}

export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--force-color-profile=srgb', '--autoplay-policy=no-user-gesture-required'],
  });
}

/** Opens a studio's page; what goes wrong in it is thrown by `check`. */
export async function pageOf(browser, url, options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 800}, ...options});
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], {origin: new URL(url).origin});
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', error => faults.push(String(error)));
  page.on('console', message => {
    // Pictures of a film that has just become shorter are refused, and asked for again.
    if (message.type() === 'error' && !message.text().includes('status of 40')) faults.push(message.text());
  });
  await page.goto(url);
  await exact(page);
  const check = () => {
    if (faults.length > 0) throw new Error(`in the page: ${faults.join('\n')}`);
  };
  return {page, check};
}

/** Waits until a frame, or whichever is on, is shown as it is. */
export async function exact(page, frame) {
  await page.waitForFunction(
    wanted => {
      const {dataset} = document.getElementById('picture');
      return dataset.exact === 'true' && (wanted === undefined || dataset.frame === String(wanted));
    },
    frame,
    {timeout: 30_000},
  );
}

/** Goes to a frame by the field of the time. */
export async function seek(page, frame) {
  await page.fill('#time', String(frame));
  await page.press('#time', 'Enter');
  await exact(page, frame);
}

/** The pixels that are shown. */
export async function shown(page) {
  return page.evaluate(() => {
    const canvas = document.getElementById('picture');
    const {width, height} = canvas;
    const {data} = canvas.getContext('2d').getImageData(0, 0, width, height);
    return {width, height, hash: hash(data)};
    function hash(bytes) {
      let sum = 2166136261;
      for (const byte of bytes) sum = Math.imul(sum ^ byte, 16777619) >>> 0;
      return sum;
    }
  });
}

/** The pixels of PNG files, decoded by the browser. */
export async function pixelsOf(page, file) {
  return page.evaluate(async text => {
    const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], {type: 'image/png'}), {colorSpaceConversion: 'none'});
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    const {data} = context.getImageData(0, 0, picture.width, picture.height);
    let sum = 2166136261;
    for (const byte of data) sum = Math.imul(sum ^ byte, 16777619) >>> 0;
    return {width: picture.width, height: picture.height, hash: sum};
  }, file.toString('base64'));
}

/** Draws frames with `kinora frame`: their files by number. */
export function framesOf(folder, frames) {
  const out = fs.mkdtempSync(path.join(KINORA_WORK, 'frames-'));
  execFileSync(KINORA, ['frame', 'src/project.tsx', '--frames', frames.join(','), '-o', path.join(out, '%d.png')], {cwd: folder});
  return Object.fromEntries(frames.map(frame => [frame, fs.readFileSync(path.join(out, `${frame}.png`))]));
}

/** Keeps a picture of the page where they are wanted. */
export async function screenshot(page, name) {
  if (!KINORA_SCREENSHOTS) return;
  fs.mkdirSync(KINORA_SCREENSHOTS, {recursive: true});
  await page.screenshot({path: path.join(KINORA_SCREENSHOTS, `${name}.png`)});
}

/** The first answer of `work` that is true, asked again and again. */
export async function until(what, work) {
  const end = Date.now() + 30_000;
  for (;;) {
    const answer = await work();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`never ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
