import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {after, before, describe, it} from 'node:test';

import {SOURCE, browser, exact, framesOf, pageOf, pixelsOf, projectOf, screenshot, seek, shown, studioOf, until} from './bench.mjs';

describe('the studio', {timeout: 240_000}, () => {
  let chromium, folder, studio, page, check, last;
  const edit = source => fs.writeFileSync(path.join(folder, 'src/project.tsx'), source);
  const take = () => page.locator('#picture').getAttribute('data-take').then(Number);
  /** Waits until another recording than `before` is shown as it is. */
  const retaken = async before => {
    await until('another take', async () => (await take()) > before);
    await exact(page);
  };

  before(async () => {
    chromium = await browser();
    folder = projectOf('square', {'src/project.tsx': SOURCE});
    studio = await studioOf(folder);
    ({page, check} = await pageOf(chromium, studio.url));
    last = await until('recorded', () => page.evaluate(async () => {
      const {take} = await (await fetch('api/state')).json();
      return take.whole && take.frames - 1;
    }));
  });
  after(async () => {
    await chromium?.close();
    assert.equal(await studio?.end(), 0);
  });

  it('shows twenty frames exactly as `kinora frame` draws them', async () => {
    const frames = Array.from({length: 20}, (_, index) => (index * 37) % (last + 1));
    const files = framesOf(folder, frames);
    for (const frame of frames) {
      await seek(page, frame);
      assert.deepEqual(await shown(page), await pixelsOf(page, files[frame]), `frame ${frame}`);
    }
    check();
  });

  it('plays with sound, and says what it skipped', async () => {
    await seek(page, 0);
    await page.click('#loop');
    await page.keyboard.press('l');
    await until('further', async () => Number(await page.locator('#picture').getAttribute('data-frame')) > 10);
    await until('over', async () => (await page.getAttribute('#play', 'aria-label')) === 'Play');
    await exact(page, last);
    await page.click('#loop');
    check();
  });

  it('is driven by keys alone', async () => {
    await page.locator('#view').focus();
    await page.keyboard.press('Home');
    await exact(page, 0);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await exact(page, 2);
    await page.keyboard.press('End');
    await exact(page, last);
    await page.keyboard.press('Shift+ArrowLeft');
    await exact(page, last - 30);
    await page.keyboard.press('i');
    await page.keyboard.press('End');
    await page.keyboard.press('o');
    await page.keyboard.press('Home');
    await exact(page, last - 30);
    await page.keyboard.press('x');
    await page.keyboard.press('?');
    assert.ok(await page.locator('#keys').isVisible());
    assert.match(await page.locator('#key-list').innerText(), /Play or pause/);
    await screenshot(page, 'keys');
    await page.keyboard.press('Escape');
    // What has no name cannot be spoken of.
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll('button, input, select, textarea, [role=slider], [role=tree]')]
        .filter(element => !element.closest('dialog, [hidden]'))
        .filter(element => !element.textContent.trim() && !element.getAttribute('aria-label') && !element.labels?.length && !element.title)
        .map(element => element.outerHTML),
    );
    assert.deepEqual(nameless, []);
    check();
  });

  it('tells what a node is', async () => {
    await seek(page, 0);
    await page.click('#tab-inspect');
    const box = await page.locator('#sheet').boundingBox();
    await page.mouse.click(box.x + (120 / 640) * box.width, box.y + box.height / 2);
    await page.waitForSelector('#properties h3:has-text("Rect")');
    const told = await page.locator('#properties').innerText();
    assert.match(told, /square/);
    assert.match(told, /project\.tsx:9/);
    assert.match(told, /-200, 0/);
    const link = await page.locator('#properties a.place').getAttribute('href');
    assert.match(link, /^vscode:\/\/file\/.*project\.tsx:9:\d+$/);
    assert.equal(await page.locator('#over polygon.selected').count(), 1);
    await page.locator('#tree [aria-selected=true]').focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('#properties h3:has-text("Txt")');
    await screenshot(page, 'nodes');
    check();
  });

  it('takes a variable and gives it back', async () => {
    await page.click('#tab-variables');
    const old = await take();
    await page.fill('#variable-title', 'Changed');
    await retaken(old);
    await page.click('#command');
    const command = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(command, 'kinora render src/project.tsx --var title=Changed');
    await screenshot(page, 'variables');
    const changed = await take();
    await page.click('#reset');
    await retaken(changed);
    assert.equal(await page.inputValue('#variable-title'), 'Hello');
    await page.click('#tab-console');
    assert.match(await page.locator('#console').innerText(), /colour #ff5533/);
    check();
  });

  it('makes a form of what variables may be, and tells what they may not', async () => {
    const file = path.join(folder, 'src/project.inputs.json');
    const properties = {
      title: {type: 'string', title: 'Headline', description: 'In large letters'},
      mood: {enum: ['calm', 'loud']},
      count: {type: 'integer', minimum: 1, maximum: 5},
    };
    fs.writeFileSync(file, JSON.stringify({properties}));
    await page.click('#tab-variables');
    await page.waitForSelector('label:has-text("Headline")');
    const old = await take();
    await page.selectOption('#variable-mood', 'loud');
    await retaken(old);
    await page.click('#command');
    const command = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(command, 'kinora render src/project.tsx --var mood=loud');
    await screenshot(page, 'inputs');
    await page.fill('#variable-count', '9');
    await page.waitForSelector('#fault:not([hidden])');
    assert.match(await page.locator('#fault').innerText(), /count.* is to be at most 5, and is 9/);
    await page.click('#reset');
    await page.waitForSelector('#fault', {state: 'hidden'});
    fs.rmSync(file);
    await page.waitForSelector('label:has-text("Headline")', {state: 'detached'});
    await exact(page);
    check();
  });

  it('shows an edit, and a mistake over the last good picture', async () => {
    await seek(page, 30);
    const good = await shown(page);
    let old = await take();
    edit(SOURCE.replace('#ff5533', '#33ff55'));
    await retaken(old);
    assert.equal(await page.locator('#picture').getAttribute('data-frame'), '30');
    const edited = await shown(page);
    assert.notDeepEqual(edited, good);
    edit(SOURCE.replace('square()', 'sqare()'));
    await page.waitForSelector('#fault:not([hidden])');
    const told = await page.locator('#fault').innerText();
    assert.match(told, /sqare/);
    assert.match(told, /src\/project\.tsx:13/);
    assert.match(told, /yield\* sqare\(\)/);
    assert.deepEqual(await shown(page), edited);
    await screenshot(page, 'mistake');
    old = await take();
    edit(SOURCE);
    await retaken(old);
    await page.waitForSelector('#fault', {state: 'hidden'});
    assert.deepEqual(await shown(page), good);
    check();
  });

  it('renders, and cancels', async () => {
    await page.keyboard.press('d');
    await page.fill('#render-output', 'out/small.mp4');
    await page.fill('#render-form [name=scale]', '0.5');
    await page.click('#render-form [type=submit]');
    await page.waitForSelector('#renders li.done', {timeout: 60_000});
    assert.ok(fs.statSync(path.join(folder, 'out/small.mp4')).size > 1000);
    await page.keyboard.press('d');
    await page.fill('#render-output', 'out/none.xyz');
    await page.click('#render-form [type=submit]');
    await page.waitForSelector('#render-error:has-text("none.xyz")');
    await page.click('#render-cancel');
    await screenshot(page, 'renders');
    const old = await take();
    edit(SOURCE.replace('x(200, 2)', 'x(200, 900)'));
    await until('recorded', async () => (await take()) > old && (await page.getAttribute('#status', 'data-state')) === 'good');
    await page.keyboard.press('d');
    await page.fill('#render-output', 'out/long.mp4');
    await page.click('#render-form [type=submit]');
    await page.waitForSelector('#renders li.working');
    await page.click('#renders li.working button');
    await page.waitForSelector('#renders li.stopped');
    assert.ok(!fs.existsSync(path.join(folder, 'out/long.mp4')));
    const long = await take();
    edit(SOURCE);
    await retaken(long);
    check();
  });

  it('looks right small, and in light', async () => {
    await page.setViewportSize({width: 760, height: 1000});
    await page.waitForTimeout(300);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `the page is ${wide} pixels too wide`);
    await screenshot(page, 'small');
    await page.setViewportSize({width: 1280, height: 800});
    await page.click('#theme');
    await page.waitForTimeout(300);
    await screenshot(page, 'light');
    check();
  });
});

describe('time events', {timeout: 120_000}, () => {
  it('are dragged into the file beside their scene', async () => {
    const scene = `import {Rect, makeScene2D} from '@motion-canvas/2d';
import {waitUntil} from '@motion-canvas/core';
export default makeScene2D(function* (view) {
  view.add(<Rect size={300} fill={'teal'} />);
  yield* waitUntil('turn');
  yield* waitUntil('end');
});
`;
    const folder = projectOf('events', {
      'src/project.tsx': "import {makeProject} from '@motion-canvas/core';\nimport intro from './intro?scene';\nexport default makeProject({scenes: [intro]});\n",
      'src/intro.tsx': scene,
      'src/intro.meta': JSON.stringify({timeEvents: [{name: 'turn', targetTime: 1}, {name: 'end', targetTime: 4}]}),
    });
    const meta = () => JSON.parse(fs.readFileSync(path.join(folder, 'src/intro.meta'), 'utf8')).timeEvents;
    const chromium = await browser();
    const studio = await studioOf(folder);
    try {
      const {page, check} = await pageOf(chromium, studio.url);
      await page.click('#tab-scenes');
      await page.waitForSelector('#scenes input');
      const box = await page.locator('#timeline').boundingBox();
      const at = seconds => box.x + (box.width * seconds * 60) / 241;
      await until('drawn', async () => (await page.locator('#timeline').boundingBox()).height > 60);
      await page.mouse.move(at(1), box.y + 14);
      await page.mouse.down();
      await page.mouse.move(at(1.7), box.y + 14, {steps: 4});
      await page.mouse.move(at(2), box.y + 14);
      await page.mouse.up();
      const moved = await until('moved', () => meta()[0].targetTime !== 1 && meta());
      assert.ok(Math.abs(moved[0].targetTime - 2) < 0.1, JSON.stringify(moved));
      assert.equal(moved[1].targetTime, 4);
      await until('told', async () => Math.abs(Number(await page.locator('#scenes input').first().inputValue()) - 2) < 0.1);
      await page.locator('#scenes input').nth(1).fill('3');
      await page.locator('#scenes input').nth(1).press('Tab');
      await until('moved', () => meta()[1].targetTime === 3);
      await screenshot(page, 'events');
      check();
    } finally {
      await chromium.close();
      await studio.end();
    }
  });
});

describe('a new project', {timeout: 120_000}, () => {
  it('is shown as it was made', async () => {
    const folder = path.join(process.env.KINORA_WORK, 'new');
    const chromium = await browser();
    const studio = await studioOf(folder);
    try {
      const {page, check} = await pageOf(chromium, studio.url, {viewport: {width: 1440, height: 900}});
      await seek(page, 40);
      const files = framesOf(folder, [40]);
      assert.deepEqual(await shown(page), await pixelsOf(page, files[40]));
      await page.waitForTimeout(1500);
      await screenshot(page, 'new');
      check();
    } finally {
      await chromium.close();
      await studio.end();
    }
  });
});
