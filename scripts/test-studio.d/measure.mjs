// Measures what docs/studio.md tells: medians of several runs, in milliseconds.
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import {gzipSync} from 'node:zlib';

import {SOURCE, browser, exact, pageOf, projectOf, studioOf, until} from './bench.mjs';

const RUNS = 5;
const folder = process.env.KINORA_PROJECT || projectOf('small', {'src/project.tsx': SOURCE});
const median = values => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const figures = {};

const chromium = await browser();
// The browser is warm, the system's file cache too.
await (await studioOf(folder)).end();

const [starts, firsts] = [[], []];
for (let run = 0; run < RUNS; run++) {
  // The browser is open when somebody starts a studio.
  const context = await chromium.newContext({viewport: {width: 1280, height: 800}});
  const page = await context.newPage();
  const started = performance.now();
  const studio = await studioOf(folder);
  starts.push(performance.now() - started);
  await page.goto(studio.url, {waitUntil: 'commit'});
  await page.waitForFunction(() => document.getElementById('picture')?.dataset.frame !== undefined, undefined, {polling: 5});
  firsts.push(performance.now() - started);
  await context.close();
  await studio.end();
}
figures['start to address'] = median(starts);
figures['start to first picture'] = median(firsts);

const studio = await studioOf(folder);
const {page} = await pageOf(chromium, studio.url);
await until('whole', async () => (await page.getAttribute('#status', 'data-state')) === 'good');

// From the request to the decoded picture, in the page, as scrubbing asks: each frame is new.
const scrub = async (query, count, step) =>
  median(
    await page.evaluate(
      async ([query, count, step]) => {
        const state = await (await fetch('api/state')).json();
        const times = [];
        for (let index = 0; index < count; index++) {
          const frame = (index * step + 7) % state.take.frames;
          const started = performance.now();
          const answer = await fetch(`api/frame/${frame}?as=rgba${query}`);
          const [width, height] = answer.headers.get('x-size').split('x').map(Number);
          const pixels = new Uint8ClampedArray(await answer.arrayBuffer());
          await createImageBitmap(new ImageData(pixels, width, height), {colorSpaceConversion: 'none'});
          times.push(performance.now() - started);
        }
        return times;
      },
      [query, count, step],
    ),
  );
const width = await page.evaluate(() => Math.round(document.getElementById('sheet').clientWidth));
figures['scrub, neighbouring frames, as seen'] = await scrub(`&width=${width}`, 40, 1);
figures['scrub, far frames, as seen'] = await scrub(`&width=${width - 1}`, 40, 37);
figures['scrub, neighbouring frames, all pixels'] = await scrub('', 40, 1);

// From a saved file to the changed picture on the page.
const source = path.join(folder, 'src/project.tsx');
const text = fs.readFileSync(source, 'utf8');
const saves = [];
for (let run = 0; run < RUNS; run++) {
  const old = await page.getAttribute('#picture', 'data-take');
  await new Promise(resolve => setTimeout(resolve, 500));
  const started = performance.now();
  fs.writeFileSync(source, `${text}\n// ${run}\n`);
  await page.waitForFunction(old => document.getElementById('picture').dataset.take !== old, old, {polling: 5});
  saves.push(performance.now() - started);
}
figures['save to changed picture'] = median(saves);
await exact(page);

const files = await page.evaluate(async () => {
  const entries = performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'));
  const names = new Set(entries.map(entry => entry.name).filter(name => !name.includes('/api/')));
  return Promise.all([...names].map(async name => (await fetch(name)).text()));
});
const weight = files.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
const compressed = files.reduce((sum, text) => sum + gzipSync(text).length, 0);

// What `kinora check` takes, of which one run warms the system's cache.
const checks = [];
for (let run = 0; run <= RUNS; run++) {
  const started = performance.now();
  spawnSync(process.env.KINORA, ['check', 'src/project.tsx', '--json'], {cwd: folder});
  if (run > 0) checks.push(performance.now() - started);
}
figures['check'] = median(checks);

// How the film plays for three seconds.
await page.fill('#time', '0');
await page.press('#time', 'Enter');
await page.keyboard.press(' ');
await page.waitForTimeout(3000);
const skipped = await page.evaluate(() => document.getElementById('skipped').textContent);
await page.keyboard.press(' ');

for (const [name, value] of Object.entries(figures)) console.log(`${name}: ${value.toFixed(0)} ms`);
console.log(`page: ${(weight / 1000).toFixed(0)} kB in ${files.length} files, ${(compressed / 1000).toFixed(0)} kB compressed`);
console.log(`three seconds played: ${skipped || 'nothing skipped'}`);
await chromium.close();
await studio.end();
