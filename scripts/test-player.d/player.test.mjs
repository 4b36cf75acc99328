// <kinora-player>: files, a studio, a render service, keys, names, faults, React.
import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {gzipSync} from 'node:zlib';

import {SOURCE as SQUARE, browser, framesOf, pixelsOf, projectOf as studioProject, studioOf} from './bench.mjs';
import {FPS, FRAMES, SOURCE, projectOf} from './films.mjs';
import {reactModule} from './react.mjs';
import {serverOf} from './served.mjs';

const {KINORA, KINORA_WORK, KINORA_SCREENSHOTS} = process.env;
const site = path.join(KINORA_WORK, 'site');

let server;
let chromium;
/** The site's address, as a browser tells where a page is from. */
let origin;
let film;

before(async () => {
  fs.mkdirSync(site);
  fs.cpSync(path.join(KINORA_WORK, 'package'), path.join(site, 'package'), {recursive: true});
  fs.writeFileSync(path.join(site, 'react.js'), reactModule());
  film = projectOf('film', SOURCE);
  film.render('film.mp4');
  film.render('film.webm', '--codec', 'vp9');
  fs.copyFileSync(path.join(film.folder, 'film.mp4'), path.join(site, 'film.mp4'));
  fs.copyFileSync(path.join(film.folder, 'film.webm'), path.join(site, 'film.webm'));
  fs.writeFileSync(path.join(site, 'broken.mp4'), 'no film');
  fs.writeFileSync(path.join(site, 'poster.png'), framesOf(film.folder, [70])[70]);
  server = await serverOf(site);
  origin = server.url;
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  server?.end();
});

/** A page with this in its body; the player tells its events to `window.told`. */
async function pageWith(name, body, head = '<script type="module" src="/package/kinora-player.js"></script>') {
  fs.writeFileSync(path.join(site, `${name}.html`), `<!doctype html><html lang="en"><title>${name}</title>
<script>window.told = [];
for (const name of ['emptied', 'loadedmetadata', 'loadeddata', 'durationchange', 'play', 'playing', 'pause', 'timeupdate', 'seeking', 'seeked', 'ended', 'volumechange', 'error'])
  document.addEventListener(name, event => told.push(name), true);</script>${head}<body>${body}</body></html>`);
  const page = await chromium.newPage({viewport: {width: 700, height: 500}});
  const faults = [];
  page.on('pageerror', error => faults.push(String(error)));
  await page.goto(`${origin}/${name}.html`);
  const of = (work, argument) => page.evaluate(`(${work})(document.querySelector('kinora-player'), ${JSON.stringify(argument)})`);
  const until = work => page.waitForFunction(`(${work})(document.querySelector('kinora-player'))`, null, {timeout: 30_000});
  return {page, of, until, told: () => page.evaluate('told'), check: () => assert.deepEqual(faults, [])};
}

/** The number that the picture on show tells. */
const NUMBER = `element => {
  const view = element.shadowRoot.querySelector('video, canvas');
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [element.videoWidth, element.videoHeight];
  const pen = canvas.getContext('2d');
  pen.drawImage(view, 0, 0);
  let number = 0;
  for (let bit = 0; bit < 8; bit++) number |= (pen.getImageData((bit + 0.5) * 40, 90, 1, 1).data[0] > 128) << bit;
  return number;
}`;

const ready = 'element => element.readyState >= 2';

test('a file is played, sought and ended', async () => {
  for (const file of ['film.mp4', 'film.webm']) {
    const {of, until, told, check} = await pageWith('file', `<kinora-player src="/${file}" muted></kinora-player>`);
    await until(ready);
    const facts = await of('element => [element.videoWidth, element.videoHeight, element.paused, element.muted, element.clientWidth, element.clientHeight]');
    assert.deepEqual(facts, [320, 180, true, true, 320, 180]);
    assert.ok(Math.abs((await of('element => element.duration')) - FRAMES / FPS) < 0.05);
    await of('element => { element.currentTime = 40.5 / 30; }');
    await until('element => told.includes("seeked")');
    await until(`element => (${NUMBER})(element) === 40`);
    await of('element => element.play()');
    await until('element => element.ended');
    const names = await told();
    for (const name of ['loadedmetadata', 'durationchange', 'loadeddata', 'seeking', 'play', 'playing', 'timeupdate', 'pause', 'ended']) {
      assert.ok(names.includes(name), `${file}: no ${name} in ${names}`);
    }
    assert.ok(names.indexOf('play') < names.indexOf('ended'));
    assert.equal(await of('element => element.paused'), true);
    check();
  }
});

test('attributes are those of <video>', async () => {
  const {of, until, check} = await pageWith('attributes', '<kinora-player src="/film.mp4" poster="/poster.png" muted loop width="480"></kinora-player>');
  await until(ready);
  const poster = 'element => element.shadowRoot.querySelector(".poster").checkVisibility()';
  assert.equal(await of(poster), true);
  assert.deepEqual(await of('element => [element.clientWidth, element.clientHeight]'), [480, 270]);
  await of('element => { element.height = 200; }');
  assert.deepEqual(await of('element => [element.clientWidth, element.clientHeight]'), [480, 200]);
  await of('element => { element.currentTime = 2.2; return element.play(); }');
  await until('element => element.currentTime < 1 && !element.paused');
  assert.equal(await of(poster), false);
  await of('element => { element.loop = false; element.currentTime = 2.2; }');
  await until('element => element.ended');
  await of('element => { element.autoplay = true; element.src = "/film.webm"; }');
  await until('element => element.currentTime > 0.1 && !element.paused');
  assert.equal(await of('element => element.outerHTML.includes("loop")'), false);
  for (const wrong of ['element.volume = 2', 'element.currentTime = NaN', 'element.playbackRate = 0']) {
    const thrown = await of(`element => { try { ${wrong}; } catch (error) { return error.name; } }`);
    assert.match(String(thrown), /^(Range|Type)Error$/, wrong);
  }
  check();
});

test('keys do what the buttons do', async () => {
  const {page, of, until, check} = await pageWith('keys', '<kinora-player src="/film.mp4" controls fps="30" width="480"></kinora-player>');
  await until(ready);
  await page.keyboard.press('Tab');
  assert.equal(await of('element => element.shadowRoot.activeElement.getAttribute("aria-label")'), 'Play');
  const time = () => of('element => element.currentTime');
  const press = async (key, wanted) => {
    await page.keyboard.press(key);
    await until(`element => !element.seeking && Math.abs(element.currentTime - ${wanted}) < 0.02`);
  };
  await press('5', FRAMES / FPS / 2);
  await press('Home', 0);
  await press('.', 1.5 / FPS);
  await press('.', 2.5 / FPS);
  await press(',', 1.5 / FPS);
  await until(`element => (${NUMBER})(element) === 1`);
  await press('l', FRAMES / FPS);
  await press('j', 0);
  await press('ArrowRight', FRAMES / FPS);
  await press('ArrowLeft', 0);
  await page.keyboard.press('m');
  assert.equal(await of('element => element.muted'), true);
  await page.keyboard.press('ArrowDown');
  assert.deepEqual(await of('element => [element.muted, element.volume]'), [false, 0.95]);
  await page.keyboard.press('ArrowUp');
  assert.equal(await of('element => element.volume'), 1);
  await page.keyboard.press('k');
  await until('element => !element.paused && element.currentTime > 0.1');
  await page.keyboard.press('k');
  await until('element => element.paused');
  // The space bar presses the button that has the focus.
  await page.keyboard.press(' ');
  await until('element => !element.paused');
  await page.keyboard.press(' ');
  await until('element => element.paused');
  await page.keyboard.press('Control+m');
  assert.equal(await of('element => element.muted'), false);
  const names = [];
  for (let n = 0; n < 4; n++) {
    await page.keyboard.press('Tab');
    names.push(await of('element => element.shadowRoot.activeElement?.getAttribute("aria-label")'));
  }
  assert.deepEqual(names, ['Position', 'Mute', 'Volume', 'Full screen']);
  await page.keyboard.press('f');
  await until('element => document.fullscreenElement === element');
  await page.keyboard.press('f');
  await until('element => document.fullscreenElement === null');
  await page.click('kinora-player', {position: {x: 160, y: 60}});
  await until('element => !element.paused');
  assert.ok((await time()) >= 0);
  check();
});

test('without controls nothing takes keys or clicks', async () => {
  const {page, of, until, check} = await pageWith('bare', '<button>first</button><kinora-player src="/film.mp4"></kinora-player><button>last</button>');
  await until(ready);
  await page.click('kinora-player');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('k');
  assert.equal(await of('element => element.paused'), true);
  assert.equal(await page.getByRole('slider').count(), 0);
  check();
});

test('screen readers find names and values', async () => {
  const {page, of, until, check} = await pageWith('names', '<kinora-player src="/film.mp4" controls width="480"></kinora-player>');
  await until(ready);
  const devtools = await page.context().newCDPSession(page);
  /** What the browser tells screen readers: roles and names. */
  const heard = async () => {
    const {nodes} = await devtools.send('Accessibility.getFullAXTree');
    return nodes.filter(node => !node.ignored).map(node => `${node.role?.value} ${node.name?.value}`);
  };
  const names = await heard();
  for (const name of ['group Video player', 'button Play', 'slider Position', 'button Mute', 'slider Volume', 'button Full screen']) {
    assert.ok(names.includes(name), `no ${name} in ${names.join('; ')}`);
  }
  assert.equal(await page.getByRole('slider', {name: 'Position'}).getAttribute('aria-valuetext'), '0:00 of 0:02');
  await page.getByRole('slider', {name: 'Position'}).fill('1.5');
  await until('element => Math.abs(element.currentTime - 1.5) < 0.05 && !element.seeking');
  assert.equal(await page.getByRole('slider', {name: 'Position'}).getAttribute('aria-valuetext'), '0:01 of 0:02');
  await page.getByRole('button', {name: 'Mute'}).click();
  await page.getByRole('button', {name: 'Unmute'}).waitFor();
  await page.getByRole('button', {name: 'Play'}).click();
  await page.getByRole('button', {name: 'Pause'}).waitFor();
  await of('element => element.setAttribute("aria-label", "The trailer")');
  assert.ok((await heard()).includes('group The trailer'));
  if (KINORA_SCREENSHOTS) await page.screenshot({path: path.join(KINORA_SCREENSHOTS, 'player.png')});
  check();
});

test('what is wrong is shown and told', async () => {
  const {page, of, until, told, check} = await pageWith('wrong', '<kinora-player src="/none.mp4" controls></kinora-player>');
  const alert = page.getByRole('alert');
  const shows = async words => {
    await alert.filter({hasText: words}).waitFor();
    assert.match(await of('element => element.error.message'), words);
  };
  await shows(/no film at this address, or this browser does not play its kind/);
  assert.ok((await told()).includes('error'));
  assert.equal(await of('element => element.error.code'), 4);
  await of('element => { element.src = "/broken.mp4"; }');
  await shows(/does not play its kind/);
  await of('element => { element.src = "/none.m3u8"; }');
  await shows(/HLS/);
  await of('element => { element.src = "/film.mp4"; }');
  await until(ready);
  assert.equal(await of('element => element.error'), null);
  assert.equal(await alert.isVisible(), false);
  check();
});

test('a studio is shown frame by frame as it is written', async () => {
  const folder = studioProject('player-studio', {'src/project.tsx': SQUARE});
  const studio = await studioOf(folder, {words: ['--allow-origin', origin]});
  const body = `<kinora-player studio="${studio.url}" controls muted></kinora-player>`;
  // The component as the studio itself serves it.
  const head = `<script type="module" src="${studio.url}kinora-player.js"></script>`;
  const {page, of, until, told, check} = await pageWith('studio', body, head);
  try {
    await until('element => told.includes("loadeddata")');
    assert.deepEqual(await of('element => [element.videoWidth, element.videoHeight, Math.round(element.duration * 30)]'), [640, 360, 61]);
    const hash = `element => {
      const canvas = element.shadowRoot.querySelector('canvas');
      const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let sum = 2166136261;
      for (const byte of data) sum = Math.imul(sum ^ byte, 16777619) >>> 0;
      return sum;
    }`;
    const files = framesOf(folder, [0, 37]);
    await of('element => { element.currentTime = 37 / 30; }');
    await until('element => !element.seeking');
    const wanted = await pixelsOf(page, files[37]);
    await until(`element => (${hash})(element) === ${wanted.hash}`);
    await page.locator('kinora-player').press(',');
    await until('element => Math.round(element.currentTime * 30) === 36');
    await of('element => element.play()');
    await until('element => element.ended');
    const names = await told();
    assert.ok(['play', 'playing', 'timeupdate', 'pause', 'ended'].every(name => names.includes(name)), String(names));
    assert.equal(await of('element => element.currentTime === element.duration'), true);
    // An edit is shown where the film stands.
    await of('element => { element.currentTime = 0; }');
    const first = await pixelsOf(page, files[0]);
    await until(`element => (${hash})(element) === ${first.hash}`);
    fs.writeFileSync(path.join(folder, 'src/project.tsx'), SQUARE.replace('#ff5533', '#33ff55'));
    const edited = await pixelsOf(page, await drawn(folder, 0));
    assert.notEqual(edited.hash, first.hash);
    await until(`element => (${hash})(element) === ${edited.hash}`);
    fs.writeFileSync(path.join(folder, 'src/project.tsx'), SQUARE.replace('view.fill', 'view.fil'));
    await page.getByRole('alert').filter({hasText: 'fil'}).waitFor();
    fs.writeFileSync(path.join(folder, 'src/project.tsx'), SQUARE);
    await until('element => element.error === null');
    // A page may look and do nothing else.
    const refused = await page.evaluate(url => fetch(`${url}api/record`, {method: 'POST'}).then(answer => answer.status), studio.url).catch(() => 'unreadable');
    assert.ok([403, 'unreadable'].includes(refused), String(refused));
    check();
  } finally {
    await studio.end();
  }
  await page.getByRole('alert').filter({hasText: 'No studio answers'}).waitFor();
});

/** A frame of a project as it is now. */
async function drawn(folder, frame) {
  return framesOf(folder, [frame])[frame];
}

test('a studio that does not know the site is told of', async () => {
  const studio = await studioOf(studioProject('closed', {'src/project.tsx': SQUARE}));
  const {page} = await pageWith('closed', `<kinora-player studio="${studio.url}"></kinora-player>`);
  try {
    await page.getByRole('alert').filter({hasText: '--allow-origin'}).waitFor();
  } finally {
    await studio.end();
  }
});

test('a job of a render service is waited for and played', async () => {
  const source = SOURCE.replace('const number =', "if (useScene().variables.get('bad', false)()) throw new Error('this is bad');\n  const number =")
    .replace('{createSignal, makeProject}', '{createSignal, makeProject, useScene}');
  assert.notEqual(source, SOURCE);
  const {folder} = projectOf('served', source);
  const child = spawn(KINORA, ['serve', 'src/project.tsx', '--port', '0', '--allow-origin', origin], {cwd: folder, stdio: ['ignore', 'pipe', 'inherit']});
  process.on('exit', () => child.kill('SIGKILL'));
  const url = await new Promise(resolve => child.stdout.on('data', part => resolve(/http:\S+/.exec(String(part))[0])));
  const order = async variables => {
    const answer = await fetch(`${url}/v1/jobs`, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({variables})});
    return `${url}/v1/jobs/${(await answer.json()).id}`;
  };
  const {page, of, until, check} = await pageWith('job', `<kinora-player job="${await order({})}" crossorigin="anonymous" controls muted></kinora-player>`);
  try {
    await until(ready);
    await of('element => { element.currentTime = 10.5 / 30; }');
    await until(`element => !element.seeking && (${NUMBER})(element) === 10`);
    await of('(element, job) => { element.job = job; }', await order({bad: true}));
    await page.getByRole('alert').filter({hasText: 'this is bad'}).waitFor();
    await of('(element, job) => { element.job = job; }', `${url}/v1/jobs/none`);
    await page.getByRole('alert').filter({hasText: 'No such job'}).waitFor();
    check();
  } finally {
    child.kill('SIGINT');
    await new Promise(resolve => child.on('exit', resolve));
  }
});

test('React has it as a component', async () => {
  const head = '<script type="importmap">{"imports": {"react": "/react.js"}}</script>';
  const {page, of, until, check} = await pageWith('react', '<div id="root"></div>', head);
  await page.evaluate(async () => {
    const React = await import('react');
    const {KinoraPlayer} = await import('/package/react.js');
    window.heard = [];
    window.player = React.createRef();
    const root = React.createRoot(document.getElementById('root'));
    window.show = props => React.flushSync(() => root.render(React.createElement(KinoraPlayer, {ref: player, ...props})));
    window.gone = () => root.unmount();
    show({src: '/film.mp4', muted: true, controls: true, loop: false, className: 'mine', onPlay: event => heard.push(event.type), onEnded: event => heard.push(event.target.localName)});
  });
  await until(ready);
  assert.deepEqual(await of('element => [element.controls, element.loop, element.className, element.muted, element === player.current]'), [true, false, 'mine', true, true]);
  await page.evaluate(() => player.current.play());
  await until('element => element.ended');
  assert.deepEqual(await page.evaluate('heard'), ['play', 'kinora-player']);
  await page.evaluate(() => show({src: '/film.webm', width: 200, muted: false, onPlay: () => heard.push('later')}));
  await until('element => element.src === "/film.webm" && element.readyState >= 2');
  assert.deepEqual(await of('element => [element.controls, element.clientWidth, element.muted]'), [false, 200, false]);
  await page.evaluate(() => { player.current.muted = true; return player.current.play(); });
  await until('element => heard.includes("later")');
  await page.evaluate('gone()');
  assert.equal(await page.locator('kinora-player').count(), 0);
  check();
});

test('it is written on a server too', () => {
  const code = `import {createElement} from 'react';
import {renderToString} from 'react-dom/server';
import {KinoraPlayer} from './package/react.js';
import * as all from './package/kinora-player.js';
console.log(Object.keys(all).join(), renderToString(createElement(KinoraPlayer, {src: 'a.mp4', controls: true, loop: false, className: 'b', onPlay() {}})));`;
  fs.writeFileSync(path.join(KINORA_WORK, 'server.mjs'), code);
  const told = execFileSync(process.execPath, ['server.mjs'], {cwd: KINORA_WORK, encoding: 'utf8'});
  assert.match(told, /^KinoraPlayer <kinora-player /);
  assert.match(told, / class="b"/);
  assert.match(told, / src="a.mp4"/);
  assert.match(told, / controls=""/);
  assert.doesNotMatch(told, /loop|onPlay/i);
});

test('it weighs little', t => {
  const folder = path.join(KINORA_WORK, 'package');
  const files = fs.readdirSync(folder).filter(name => name.endsWith('.js') && name !== 'react.js');
  const size = files.map(name => gzipSync(fs.readFileSync(path.join(folder, name))).length).reduce((a, b) => a + b);
  const plain = files.map(name => fs.statSync(path.join(folder, name)).size).reduce((a, b) => a + b);
  t.diagnostic(`${files.length} modules: ${plain} bytes, ${size} compressed; React's ${gzipSync(fs.readFileSync(path.join(folder, 'react.js'))).length}`);
  assert.ok(size < 16_000, String(size));
});
