import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';

import {chromium} from 'playwright-core';

import {FPS, FRAMES, LAYOUT, SHOWN, SOURCE, player, projectOf} from './films.mjs';
import {serverOf} from './served.mjs';

/** Each kind of film: what is asked for, and by how much of a second times are rounded. */
const FILMS = [
  {name: 'film.mp4', tick: 0},
  {name: 'film.fmp4', tick: 0},
  {name: 'film.webm', tick: 0.001},
  {name: 'av1.mp4', more: ['--codec', 'av1'], tick: 0},
  {name: 'film.m3u8', listed: true, tick: 0},
];

describe('films in Chromium', {timeout: 240_000}, () => {
  let browser, page, server, project, copy;

  before(async () => {
    project = projectOf('project', SOURCE);
    for (const {name, more = []} of FILMS) {
      assert.equal(project.render(name, '--segment-seconds', '0.5', ...more).frames, FRAMES);
    }
    // Shown as they are, so that the pictures are taken over.
    copy = projectOf('copy', SHOWN, {'film.mp4': path.join(project.folder, 'film.mp4')});
    const {frames, copied} = copy.render('copied.mp4');
    assert.deepEqual([frames, copied], [FRAMES, FRAMES]);
    fs.copyFileSync(path.join(copy.folder, 'copied.mp4'), path.join(project.folder, 'copied.mp4'));
    server = await serverOf(project.folder);
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--autoplay-policy=no-user-gesture-required'],
    });
    page = await browser.newPage();
    await page.goto(server.url);
    await page.evaluate(player, LAYOUT);
  });
  after(async () => {
    await browser?.close();
    server?.end();
  });

  const numbers = [0, 74, 31, 1, 44, 45, 14, 15, 16, 73, 2];
  /** The middle of a frame. */
  const middle = number => (number + 0.5) / FPS;

  const check = ({name, listed = false, tick}) => {
    it(`${name}: every frame is where it belongs`, async () => {
      const places = numbers.map(middle);
      const found = await page.evaluate(
        ([url, listed, places]) => playing.seek(url, listed, places), [`/${name}`, listed, places],
      );
      assert.deepEqual(found.numbers.map(({number}) => number), numbers);
      found.numbers.forEach(({time}, index) => assert.ok(Math.abs(time - places[index]) < 0.001, `${time}`));
      // AAC in fragments ends with a whole frame.
      const room = 2048 / 48_000 + tick;
      assert.ok(Math.abs(found.duration - FRAMES / FPS) <= room, `${found.duration} s`);
    });

    it(`${name}: it plays to its end with sound`, async () => {
      const {at, last, shown, decoded, sound} = await page.evaluate(
        ([url, listed]) => playing.play(url, listed), [`/${name}`, listed],
      );
      assert.equal(last, FRAMES - 1);
      assert.ok(Math.abs(at - FRAMES / FPS) < 0.05, `${at} s`);
      assert.equal(decoded, FRAMES);
      assert.ok(sound > 0);
      // Frames may be passed over on a busy machine, and none is shown at another's time.
      assert.ok(shown.length > 5, `${shown.length} pictures`);
      for (const {time, number} of shown) {
        const wanted = Math.min(Math.round(time * FPS), FRAMES - 1);
        assert.ok(Math.abs(time - Math.round(time * FPS) / FPS) <= 0.0006 + tick, `${time}`);
        assert.ok(number === wanted || number === wanted + 1, `frame ${number} at ${time}`);
      }
    });
  };
  FILMS.forEach(check);
  check({name: 'copied.mp4', tick: 0});

  it('film.m3u8: it plays as it is where the browser knows lists', async context => {
    if (!(await page.evaluate(() => playing.knowsLists()))) {
      context.skip('this Chromium does not');
      return;
    }
    // Its own player counts from where AAC begins, 1024 samples before the first picture.
    const lead = 1024 / 48_000;
    const few = [0, 10, 60, 74, 31];
    const {numbers: found, duration} = await page.evaluate(
      ([url, places]) => playing.seek(url, false, places), ['/film.m3u8', few.map(number => middle(number) + lead)],
    );
    assert.deepEqual(found.map(({number}) => number), few);
    assert.ok(Math.abs(duration - FRAMES / FPS - lead) < 0.03, `${duration} s`);
    const {last, decoded, sound} = await page.evaluate(([url]) => playing.play(url, false), ['/film.m3u8']);
    assert.deepEqual([last, decoded], [FRAMES - 1, FRAMES]);
    assert.ok(sound > 0);
  });
});
