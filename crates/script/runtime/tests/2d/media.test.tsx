import {Audio, Img, Rect, Video} from '../../2d/index';
import {createRef, createSignal, linear, makeProject, waitFor} from '../../core/index';
import {makeScene2D} from '../../2d/index';
import {openPlayer} from '../../player/index';
import type {Sound} from '../../player/Player';
import {equal, near, ok, rejects, test} from '../harness';
import {film, inScene} from './film';
import {mock} from './mockStage';

/** A still of 2×1 pixels. */
const PICTURE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADklEQVR42mP8z8AARgAKBAEAY9RtnQAAAABJRU5ErkJggg==';

test('a missing file fails the film and names it', async () => {
  await rejects(
    () =>
      film(function* (view) {
        view.add(<Img src={'/missing.png'} />);
        yield;
      }),
    'missing.png',
  );
  await rejects(() => inScene(view => view.add(<Video src={'/missing.mp4'} play />)), 'missing.mp4');
});

test('nodes without a src only warn', () =>
  inScene(view => {
    view.add([<Img />, <Video />, <Audio play />]);
    equal(view.children().length, 3);
  }));

// The stand-in knows every file: ten seconds of 640×360, silent ones by their name.
if (mock !== null) {
  const stage = mock;

  test('pictures have their own size (mock)', () =>
    inScene(view => {
      const img = new Img({src: PICTURE});
      view.add(img);
      equal([img.naturalSize().x, img.naturalSize().y], [640, 360]);
    }));

  test('a video begins where it is sent (mock)', () =>
    inScene(view => {
      const video = new Video({src: '/a.mp4'});
      view.add(video);
      video.seek(2);
      equal([video.getCurrentTime(), video.isPlaying()], [2, false]);
      video.play();
      video.seek(4);
      equal([video.getCurrentTime(), video.isPlaying()], [4, true]);
      video.seek(100);
      equal(video.getCurrentTime(), 10, 'the end of the file');
    }));

  test('media time follows the clock of the thread that plays (mock)', async () => {
    const video = createRef<Video>();
    const times: number[] = [];
    const drawn: number[] = [];
    await film(
      function* (view) {
        view.add(<Video ref={video} src={'/a.mp4'} time={2} playbackRate={2} play />);
        yield* waitFor(0.5);
        video().pause();
        yield* waitFor(0.3);
        video().play();
        yield* waitFor(0.3);
      },
      () => {
        times.push(video().getCurrentTime());
        drawn.push(video().$$drawnTime());
      },
    );
    // After the frame's step the clock has moved on; what is drawn is the frame's start.
    near(times[0], 2.2, 1e-9);
    near(drawn.slice(0, 3), [2, 2.2, 2.4], 1e-9);
    near(times[3], 2.8, 1e-9);
    near(times[6], times[5], 1e-9, 'paused');
    ok(times[times.length - 1] > times[6], 'goes on');
    const id = [...stage.kinds].filter(([, kind]) => kind === 'video').pop()![0];
    near(stage.values.get(id)!.time, drawn[drawn.length - 1], 1e-9);
    equal(stage.values.get(id)!.asset, 'video:/a.mp4');
    equal(stage.values.get(id)!.natural, [640, 360]);
  });

  test('time stops with the thread, loops and is clamped (mock)', async () => {
    const a = createRef<Video>();
    const b = createRef<Video>();
    const c = createRef<Video>();
    await film(function* (view) {
      yield (function* () {
        view.add(<Video ref={a} src={'/a.mp4'} play />);
        yield* waitFor(0.3);
      })();
      view.add(<Video ref={b} src={'/a.mp4'} time={9.5} loop play />);
      view.add(<Video ref={c} src={'/a.mp4'} time={9.5} play />);
      yield* waitFor(1);
    });
    near(a().getCurrentTime(), 0.3, 0.1001);
    ok(b().getCurrentTime() < 1, `looped: ${b().getCurrentTime()}`);
    equal(c().getCurrentTime(), 10);
    equal(c().completion(), 1);
  });

  test('what sounds is told each frame, removed nodes too (mock)', async () => {
    const audio = createRef<Audio>();
    const sounds: string[][] = [];
    const player = await film(
      function* (view) {
        view.add(
          <>
            <Audio ref={audio} src={'/a.mp3'} volume={0.5} time={1} play />
            <Video src={'/loud.mp4'} play />
            <Video src={'/silent.mp4'} play />
            <Audio src={'/b.mp3'} volume={0} play />
            <Audio src={'/c.mp3'} />
          </>,
        );
        yield* waitFor(0.3);
        audio().remove();
        yield* waitFor(0.3);
      },
      (_, now) => sounds.push(now.sounds().map(sound => sound.asset)),
    );
    equal(sounds[0], ['video:/loud.mp4', 'audio:/a.mp3']);
    equal(sounds[5], ['video:/loud.mp4', 'audio:/a.mp3']);
    const last = player.sounds()[1];
    equal([last.volume, last.rate], [0.5, 1]);
    ok(last.time > 1.3, `time ${last.time}`);
  });

  test('nothing from before the point of entry is shown or heard (mock)', async () => {
    for (const lead of [0, 0.1, 0.44, 0.3, 0.35, 0.45, 0.7, 1.5, 2, 2.2, 3.217]) {
      const video = createRef<Video>();
      const drawn: number[] = [];
      const heard: Sound[] = [];
      await film(
        function* (view) {
          yield* waitFor(lead);
          view.add(<Video ref={video} src={'/a.mp4'} time={1} play />);
          yield* waitFor(0.5);
        },
        (_, player) => {
          if (!video()) return;
          drawn.push(video().$$drawnTime());
          heard.push(...player.sounds());
        },
        30,
      );
      ok(drawn.length >= 15 && drawn.every(time => time >= 1), `lead ${lead}: ${drawn.slice(0, 3)}`);
      ok(heard[0].from === 1 && heard[0].time > 1 - 1 / 30, `lead ${lead}: ${heard[0].time}`);
      near(heard[5].time - heard[0].time, 5 / 30, 1e-9);
    }
  });

  test('another speed on the way leaves no gap (mock)', async () => {
    const video = createRef<Video>();
    const heard: Sound[] = [];
    await film(
      function* (view) {
        view.add(<Video ref={video} src={'/a.mp4'} time={1} play />);
        yield* waitFor(0.25);
        video().playbackRate(2);
        yield* waitFor(0.25);
        video().pause();
        video().play();
        yield* waitFor(0.25);
      },
      (_, player) => heard.push(player.sounds()[0]),
    );
    equal(heard[4].from, 1, 'goes on');
    ok(heard[heard.length - 1].from > 1.6, 'begins anew after a pause');
  });

  test('a loop is told with its length, its time goes on (mock)', async () => {
    const video = createRef<Video>();
    const drawn: number[] = [];
    const heard: Sound[] = [];
    await film(
      function* (view) {
        view.add(<Video ref={video} src={'/a.mp4'} loop play />);
        yield* waitFor(30.05);
      },
      (_, player) => {
        drawn.push(video().$$drawnTime());
        heard.push(player.sounds()[0]);
      },
      30,
    );
    for (let frame = 0; frame < 900; frame++) {
      near(drawn[frame], (frame % 300) / 30, 1e-6, `frame ${frame}`);
      near(heard[frame].time, frame / 30, 1e-6, `frame ${frame}`);
    }
    equal(heard[0].loops, 10);
  });

  test('what has ended is not heard (mock)', async () => {
    let last = -1;
    await film(
      function* (view) {
        view.add(<Audio src={'/a.mp3'} time={9.5} play />);
        yield* waitFor(2);
      },
      (frame, player) => {
        if (player.sounds().length > 0) last = frame;
      },
    );
    equal(last, 4);
  });

  test('copies show what they were copied from (mock)', async () => {
    const video = createRef<Video>();
    const copies: Video[] = [];
    const apart: number[] = [];
    await film(
      function* (view) {
        view.add(<Video ref={video} src={'/a.mp4'} time={1} playbackRate={1.5} play />);
        yield* waitFor(0.33);
        copies.push(video().clone(), video().reactiveClone());
        view.add(copies);
        yield* waitFor(0.5);
      },
      () => apart.push(...copies.map(copy => copy.$$drawnTime() - video().$$drawnTime())),
    );
    ok(apart.length >= 10 && apart.every(difference => difference === 0), `${apart}`);
  });

  test('what cannot be played is told where it is asked for (mock)', async () => {
    const made = (node: () => any) => () => inScene(view => view.add(node()));
    await rejects(made(() => <Audio src={'/a.mp3'} time={'x' as any} />), '`time` is "x"');
    await rejects(made(() => <Audio src={'/a.mp3'} playbackRate={1000} play />), '`playbackRate` is 1000');
    await rejects(made(() => <Audio src={'/a.mp3'} volume={'loud' as any} />), '`volume` is loud');
    await inScene(view => view.add(<Video src={'/silent.mp4'} playbackRate={1000} play />));
    const logs = (globalThis as any).__logs as unknown[][];
    const before = logs.length;
    await inScene(view => {
      const audio = new Audio({src: '/a.mp3', volume: -1, play: true});
      audio.setVolume(0.5);
      audio.setVolume(0.4);
      view.add([audio, <Audio src={'/a.mp3'} playbackRate={-1} play />]);
    });
    const told = logs.slice(before).map(([, message]) => String(message));
    equal(told.filter(text => text.includes('`volume` is -1')).length, 1);
    equal(told.filter(text => text.includes('`setVolume`')).length, 1);
    equal(told.filter(text => text.includes('`playbackRate` is -1')).length, 1);
  });

  test('a volume may follow a signal (mock)', async () => {
    const level = createSignal(0);
    const heard: number[] = [];
    await film(
      function* (view) {
        view.add(<Audio src={'/a.mp3'} volume={() => level()} play />);
        yield* level(1, 1, linear);
      },
      (_, player) => heard.push(player.sounds()[0].volume),
    );
    near(heard.slice(0, 10), [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], 0.11);
    ok(heard[9] > 0.8, `${heard}`);
  });

  test('the next scene ends what plays (mock)', async () => {
    const first = makeScene2D('first', function* (view) {
      view.add(<Audio src={'/a.mp3'} play />);
      yield* waitFor(0.3);
    });
    const second = makeScene2D(function* (view) {
      view.add(<Rect />);
      yield* waitFor(0.3);
    });
    const player = openPlayer(makeProject({scenes: [first, second]}), {fps: 10});
    await player.start();
    equal(player.sounds().length, 1);
    while (!(await player.next()));
    equal(player.sounds().length, 0);
    equal(player.scenes().length, 2);
  });
}
