import * as core from '../../core/index';
import {
  createVersionObject,
  debug,
  defaultUserProjectSettings,
  DefaultPlugin,
  DEG2RAD,
  DetailedError,
  EPSILON,
  ExperimentalError,
  experimentalFeatures,
  experimentalLog,
  FFmpegExporterClient,
  getFullPreviewSettings,
  ImageExporter,
  isInspectable,
  isPromisable,
  isPromise,
  isThreadable,
  isThreadGenerator,
  loadAnimation,
  loadImage,
  Logger,
  LogLevel,
  makePlugin,
  makeProject,
  makeRefs,
  makeSpring,
  PlaybackState,
  RAD2DEG,
  RendererResult,
  RendererState,
  SceneRenderEvent,
  SceneState,
  SharedWebGLContext,
  UNIFORM_DELTA_TIME,
  UNIFORM_DESTINATION_MATRIX,
  UNIFORM_DESTINATION_TEXTURE,
  UNIFORM_FRAME,
  UNIFORM_FRAMERATE,
  UNIFORM_RESOLUTION,
  UNIFORM_SOURCE_MATRIX,
  UNIFORM_SOURCE_TEXTURE,
  UNIFORM_TIME,
  WasmExporter,
} from '../../core/index';
import {equal, near, ok, rejects, test, throws} from '../harness';
import {answerAssets, logs} from './host';
import {play} from './scene';

test('constants are those of the reference', () => {
  near([DEG2RAD * 180, RAD2DEG * Math.PI, EPSILON], [Math.PI, 180, 0.000001], 1e-15);
  equal(
    [UNIFORM_RESOLUTION, UNIFORM_TIME, UNIFORM_DELTA_TIME, UNIFORM_FRAMERATE, UNIFORM_FRAME],
    ['resolution', 'time', 'deltaTime', 'framerate', 'frame'],
  );
  equal(
    [UNIFORM_SOURCE_TEXTURE, UNIFORM_DESTINATION_TEXTURE, UNIFORM_SOURCE_MATRIX, UNIFORM_DESTINATION_MATRIX],
    ['sourceTexture', 'destinationTexture', 'sourceMatrix', 'destinationMatrix'],
  );
  equal([SceneState.Initial, SceneState.AfterTransitionIn, SceneState.CanTransitionOut, SceneState.Finished], [0, 1, 2, 3]);
  equal([PlaybackState.Playing, PlaybackState.Rendering, PlaybackState.Paused, PlaybackState.Presenting], [0, 1, 2, 3]);
  equal([RendererState.Initial, RendererState.Working, RendererState.Aborting], [0, 1, 2]);
  equal([RendererResult.Success, RendererResult.Error, RendererResult.Aborted], [0, 1, 2]);
  const {BeforeRender, BeginRender, FinishRender, AfterRender} = SceneRenderEvent;
  equal([BeforeRender, BeginRender, FinishRender, AfterRender], [0, 1, 2, 3]);
  equal(
    [LogLevel.Error, LogLevel.Warn, LogLevel.Info, LogLevel.Http, LogLevel.Verbose, LogLevel.Debug, LogLevel.Silly],
    ['error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly'],
  );
  equal(String(core.DEFAULT), 'Symbol(@revideo/core/signals/default)');
});

test('springs are those of the reference', () => {
  const spring = (mass: number, stiffness: number, damping: number, initialVelocity?: number) => ({
    mass,
    stiffness,
    damping,
    initialVelocity,
  });
  equal(makeSpring(1, 2, 3, 4), spring(1, 2, 3, 4));
  equal(makeSpring(1, 2, 3), spring(1, 2, 3));
  equal({...core.BeatSpring}, spring(0.13, 5.7, 1.2, 10));
  equal({...core.PlopSpring}, spring(0.2, 20, 0.68, 0));
  equal({...core.BounceSpring}, spring(0.08, 4.75, 0.05, 0));
  equal({...core.SwingSpring}, spring(0.39, 19.85, 2.82, 0));
  equal({...core.JumpSpring}, spring(0.04, 10, 0.7, 8));
  equal({...core.StrikeSpring}, spring(0.03, 20, 0.9, 4.8));
  equal({...core.SmoothSpring}, spring(0.16, 15.35, 1.88, 0));
});

test('values are told apart as in the reference', () => {
  const own = (function* () {})();
  equal([own, [1].values(), {[Symbol.iterator]: 1, next: 1}].map(isThreadGenerator), [true, true, true]);
  equal([[1], null, undefined, 'x', function* () {}, {next() {}}].map(isThreadGenerator), Array(6).fill(false));
  equal([Promise.resolve(), {then() {}}].map(isPromise), [true, true]);
  equal([{then: 1}, null, undefined, 5].map(isPromise), Array(4).fill(false));
  equal([{toPromise() {}}, core.createSignal(0), core.createComputed(() => 0)].map(isPromisable), [true, true, true]);
  equal([null, undefined, 'x', () => 1].map(isPromisable), Array(4).fill(false));
  equal([{onThreadChanged: 1}, {}, null, core.all].map(isThreadable), [true, false, false, false]);
  equal([{validateInspection: 1}, {inspectPosition: 1}, null].map(isInspectable), [true, false, false]);
});

test('projects have the defaults of the reference', () => {
  const {shared, rendering, preview} = defaultUserProjectSettings;
  equal([shared.background, shared.range, shared.size], ['FFFFFF00', [0, Infinity], {x: 1920, y: 1080}]);
  equal(rendering, {exporter: {name: '@revideo/core/wasm'}, fps: 30, resolutionScale: 1, colorSpace: 'srgb'});
  equal(preview, {fps: 30, resolutionScale: 1});
  const project = makeProject({
    name: 'film',
    scenes: [],
    variables: {a: 1},
    experimentalFeatures: true,
    settings: {shared: {range: [1, 2]}, rendering: {fps: 5}, preview: {fps: 9}},
  });
  const {background, ...settings} = getFullPreviewSettings(project);
  equal(background.gl(), [1, 1, 1, 0]);
  equal([settings.fps, settings.resolutionScale, settings.range, settings.size.x], [9, 1, [1, 2], 1920]);
  equal([project.name, project.variables, project.experimentalFeatures, project.plugins], ['film', {a: 1}, true, []]);
  equal(project.versions, createVersionObject('0.0.0'));
});

test('plugins name exporters and are not called', () => {
  equal(makePlugin({name: 'own'})().name, 'own');
  equal(makePlugin((name: string) => ({name}))('made').name, 'made');
  const {name, exporters} = DefaultPlugin() as {name: string; exporters(): {id: string; displayName: string}[]};
  equal(name, '@revideo/core/default');
  equal(
    exporters().map(({id, displayName}) => [id, displayName]),
    [
      ['@revideo/core/wasm', 'Video (Wasm)'],
      ['@revideo/core/ffmpeg', 'Video (FFmpeg)'],
      ['@revideo/core/image-sequence', 'Image sequence'],
    ],
  );
});

test('what needs a browser says what to do instead', async () => {
  for (const Kind of [FFmpegExporterClient, ImageExporter, WasmExporter]) {
    throws(() => new Kind(), 'settings.rendering.exporter');
    await rejects(() => Kind.create(), 'settings.rendering.exporter');
  }
  throws(() => new SharedWebGLContext(), 'filters');
  throws(() => new core.Player(), 'renderVideo');
  throws(() => new core.Renderer(), 'renderVideo');
  throws(() => new core.Stage(), 'renderVideo');
  throws(() => new core.Vector2(1).toUniform(), 'WebGL');
});

test('errors carry remarks', () => {
  const plain = new DetailedError('message', 'remark');
  equal([plain.message, plain.remarks, plain.object, plain instanceof Error], ['message', 'remark', undefined, true]);
  const error = new ExperimentalError({message: 'new', remarks: 'beware'});
  ok(error instanceof DetailedError && error.remarks!.startsWith('beware; '), `${error.remarks}`);
  ok(new ExperimentalError('new').remarks === experimentalFeatures, 'the hint is missing');
  ok(experimentalFeatures.includes('experimentalFeatures: true'), experimentalFeatures);
  const log = experimentalLog('new', 'beware');
  ok(log.message === 'new' && log.remarks!.includes(experimentalFeatures) && log.stack !== undefined, 'log entry');
});

test('a logger passes on what it is given', async () => {
  const logger = new Logger();
  const seen: [unknown, string][] = [];
  logger.onLogged.subscribe(({level, message}) => seen.push([level, message]));
  for (const level of ['error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly'] as const) logger[level](level);
  equal(
    seen,
    ['error', 'warn', 'info', 'http', 'verbose', 'debug', 'silly'].map(level => [level, level]),
  );
  logger.profile('time');
  logger.profile('time', {message: 'done'});
  const {message, durationMs} = logger.history.at(-1)!;
  equal([message, durationMs, logger.history.length], ['done', 0, 8]);
  logs.length = 0;
  await play(30, function* () {
    for (const value of ['text', {a: 1}, undefined, null, [1, 2], 5]) debug(value);
  });
  equal(
    logs.map(([level, text]) => [level, text]),
    ['text', '{"a":1}', 'undefined', 'null', '[1,2]', '5'].map(text => ['debug', text]),
  );
});

test('pictures are loaded by their addresses', async () => {
  answerAssets();
  const picture = await loadImage('a.png');
  equal([picture.src, picture.complete], ['a.png', true]);
  equal(
    (await loadAnimation(['a.png', 'b.png'])).map(({src}) => src),
    ['a.png', 'b.png'],
  );
});

test('a picture is drawn on a canvas, whose pixels are read', async () => {
  answerAssets();
  const picture = await loadImage('a.png');
  const context = core.getContext();
  context.drawImage(picture, 0, 0);
  equal([context.canvas.width, core.getContext({}, context.canvas) === context], [300, true]);
  throws(() => core.getImageData(picture), 'wide');
});

test('references may be kept in an object', () => {
  const refs = makeRefs<(config: {refs?: {box: number}}) => void>();
  core.makeRef(refs, 'box')(5);
  equal({...refs}, {box: 5});
});
