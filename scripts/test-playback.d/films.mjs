// Films whose pictures tell their frame's number.
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {wav} from './wav.mjs';

const work = process.env.KINORA_WORK;
export const FPS = 30;
export const FRAMES = 75;
/** Squares that tell a number, and their side in pixels. */
const BITS = 8;
const SIDE = 40;

/** A second and more of a film: its frame's number in squares, bright ones for ones, and a tone. */
export const SOURCE = `
import {Audio, Rect, makeScene2D} from '@revideo/2d';
import {createSignal, makeProject} from '@revideo/core';
const scene = makeScene2D('scene', function* (view) {
  const number = createSignal(0);
  view.fill('#204060');
  yield view.add(<Audio src={'/tone.wav'} play={true} />);
  for (let bit = 0; bit < ${BITS}; bit++) {
    view.add(<Rect x={(bit - ${(BITS - 1) / 2}) * ${SIDE}} size={${SIDE}}
      fill={() => (number() >> bit) & 1 ? 'white' : 'black'} />);
  }
  while (number() < ${FRAMES - 1}) {
    yield;
    number(number() + 1);
  }
});
export default makeProject({scenes: [scene], settings: {shared: {
  size: {x: ${BITS * SIDE}, y: 180}, background: '#204060'}}});
`;

/** A film that shows another one as it is, so that its pictures are copied. */
export const SHOWN = `
import {Video, makeScene2D} from '@revideo/2d';
import {createRef, makeProject, waitFor} from '@revideo/core';
const scene = makeScene2D('scene', function* (view) {
  const video = createRef<Video>();
  yield view.add(<Video ref={video} src={'/film.mp4'} size={['100%', '100%']} play={true} />);
  yield* waitFor(video().getDuration());
});
export default makeProject({scenes: [scene], settings: {shared: {size: {x: ${BITS * SIDE}, y: 180}}}});
`;

/** Three seconds of a tone: mono, 8 kHz, 16 bits. */
function tone() {
  return wav(
    Int16Array.from({length: 24_000}, (_, n) => Math.sin(n * 0.34) * 9000),
    8000,
  );
}

/** A project in a folder of its own; renders it to a file there. */
export function projectOf(name, source, media = {}) {
  const folder = path.join(work, name);
  fs.mkdirSync(path.join(folder, 'src'), {recursive: true});
  fs.mkdirSync(path.join(folder, 'public'));
  fs.writeFileSync(path.join(folder, 'package.json'), '{}');
  fs.writeFileSync(path.join(folder, 'src/project.tsx'), source);
  fs.writeFileSync(path.join(folder, 'public/tone.wav'), tone());
  for (const [name, file] of Object.entries(media)) {
    fs.copyFileSync(file, path.join(folder, 'public', name));
  }
  return {
    folder,
    render(output, ...more) {
      const args = ['render', 'src/project.tsx', '--progress', 'none', '--stats', 'stats.json', '-o', output];
      execFileSync(process.env.KINORA, [...args, ...more], {cwd: folder, stdio: ['ignore', 'inherit', 'inherit']});
      return JSON.parse(fs.readFileSync(path.join(folder, 'stats.json'), 'utf8'));
    },
  };
}

/** What runs in the page. */
export function player({bits, side}) {
  const wait = (target, name) => new Promise((resolve, reject) => {
    target.addEventListener(name, resolve, {once: true});
    target.addEventListener('error', () => reject(new Error(`${name}: ${target.error?.message}`)), {once: true});
  });
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', {willReadFrequently: true});

  /** The number that the picture on show tells. */
  const read = video => {
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    pen.drawImage(video, 0, 0);
    let number = 0;
    for (let bit = 0; bit < bits; bit++) {
      const [red, green, blue] = pen.getImageData((bit + 0.5) * side, 90, 1, 1).data;
      const level = (red + green + blue) / 3;
      if (level > 60 && level < 195) {
        throw new Error(`square ${bit} is neither bright nor dark: ${level}`);
      }
      number |= (level >= 195) << bit;
    }
    return number;
  };
  const open = async source => {
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    document.body.replaceChildren(video);
    const ready = wait(video, 'loadeddata');
    await source(video);
    await ready;
    return video;
  };
  const from = url => video => { video.src = url; };

  /** Hands the pieces that a list names to a video one after the other. */
  const pieces = url => async video => {
    const text = await (await fetch(url)).text();
    const names = [/URI="([^"]+)"/.exec(text)[1], ...text.split('\n').filter(line => line && !line.startsWith('#'))];
    const bytes = async name => new Uint8Array(await (await fetch(new URL(name, new URL(url, location)))).arrayBuffer());
    const head = await bytes(names[0]);
    const at = head.findIndex((_, n) => String.fromCharCode(...head.subarray(n, n + 4)) === 'avcC');
    const profile = [...head.subarray(at + 5, at + 8)].map(byte => byte.toString(16).padStart(2, '0')).join('');
    const media = new MediaSource();
    video.src = URL.createObjectURL(media);
    await wait(media, 'sourceopen');
    const buffer = media.addSourceBuffer(`video/mp4; codecs="avc1.${profile},mp4a.40.2"`);
    for (const [index, name] of names.entries()) {
      const ended = wait(buffer, 'updateend');
      buffer.appendBuffer(index ? await bytes(name) : head);
      await ended;
    }
    media.endOfStream();
  };

  window.playing = {
    /** The numbers that frames tell when they are sought, and how long the film is. */
    async seek(url, listed, places) {
      const video = await open((listed ? pieces : from)(url));
      const numbers = [];
      for (const time of places) {
        const sought = wait(video, 'seeked');
        // The picture may come a little later, and not at all where it was on show already.
        const shown = new Promise(resolve => {
          video.requestVideoFrameCallback(resolve);
          setTimeout(resolve, 1000);
        });
        video.currentTime = time;
        await Promise.all([sought, shown]);
        numbers.push({time: video.currentTime, number: read(video)});
      }
      return {numbers, duration: video.duration};
    },
    /** Plays to the end: where it is then, the frames that came by with their times, how many
        were decoded, and bytes of sound that were. */
    async play(url, listed) {
      const video = await open((listed ? pieces : from)(url));
      const shown = [];
      const look = (_, {mediaTime}) => {
        shown.push({time: mediaTime, number: read(video)});
        video.requestVideoFrameCallback(look);
      };
      video.requestVideoFrameCallback(look);
      const ended = wait(video, 'ended');
      await video.play();
      await ended;
      return {
        at: video.currentTime,
        last: read(video),
        shown,
        decoded: video.getVideoPlaybackQuality().totalVideoFrames,
        sound: video.webkitAudioDecodedByteCount,
      };
    },
    /** Whether lists are played as they are. */
    knowsLists: () => document.createElement('video').canPlayType('application/vnd.apple.mpegurl') !== '',
  };
}

export const LAYOUT = {bits: BITS, side: SIDE};
