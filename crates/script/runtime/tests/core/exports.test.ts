import * as core from '../../core/index';
import {equal, ok, test, throws} from '../harness';

const NAMES = `AsyncEventDispatcher BBox BeatSpring BounceSpring Center Color CompoundSignalContext ComputedContext
DEFAULT DEG2RAD DefaultPlugin DependencyContext DetailedError Direction EPSILON EventDispatcher EventDispatcherBase
ExperimentalError FFmpegExporterClient FlagDispatcher GeneratorScene ImageExporter JumpSpring LifecycleEvents LogLevel
Logger Matrix2D Origin PlaybackManager PlaybackState PlaybackStatus Player PlopSpring RAD2DEG Random Renderer
RendererResult RendererState SceneRenderEvent SceneState Semaphore Shaders SharedWebGLContext SignalContext Slides
SmoothSpring Spacing Stage StrikeSpring Subscribable SubscribableValueEvent SwingSpring Thread UNIFORM_DELTA_TIME
UNIFORM_DESTINATION_MATRIX UNIFORM_DESTINATION_TEXTURE UNIFORM_FRAME UNIFORM_FRAMERATE UNIFORM_RESOLUTION
UNIFORM_SOURCE_MATRIX UNIFORM_SOURCE_TEXTURE UNIFORM_TIME ValueDispatcher Variables Vector2 WasmExporter all any arcLerp
beginSlide boolLerp cancel capitalize chain clamp clampRemap cos createComputed createComputedAsync createEaseInBack
createEaseInBounce createEaseInElastic createEaseInOutBack createEaseInOutBounce createEaseInOutElastic
createEaseOutBack createEaseOutBounce createEaseOutElastic createRef createRefArray createRefMap createSignal
createVersionObject debug decorate deepLerp defaultUserProjectSettings delay deprecate easeInBack easeInBounce
easeInCirc easeInCubic easeInElastic easeInExpo easeInQuad easeInQuart easeInQuint easeInSine easeInOutBack
easeInOutBounce easeInOutCirc easeInOutCubic easeInOutElastic easeInOutExpo easeInOutQuad easeInOutQuart
easeInOutQuint easeInOutSine easeOutBack easeOutBounce easeOutCirc easeOutCubic easeOutElastic easeOutExpo
easeOutQuad easeOutQuart easeOutQuint easeOutSine endPlayback endScene endThread errorToLog every
experimentalFeatures experimentalLog fadeTransition finishScene flipOrigin getContext getFullPreviewSettings
getFullRenderingSettings getImageData getTaskName isInspectable isPromisable isPromise isReactive isThreadGenerator
isThreadable isType join lazy linear loadAnimation loadImage loop loopFor makePlugin makeProject makeRef makeRefs
makeSpring map modify noop originToOffset range remap rotateVector run sequence setTaskName sin slideTransition spawn
spring startPlayback startScene startThread textLerp threadable threads transformAngle transformScalar transformVector
transformVectorAsPoint tween unwrap useContext useContextAfter useLogger usePlayback useScene useThread useTime
useTransition waitFor zoomInTransition zoomOutTransition
createDeferredEffect createEffect loopUntil useDuration useRandom waitTransition waitUntil`.split(/\s+/);

test('everything that the reference exports is there', () => {
  equal(
    NAMES.filter(name => (core as any)[name] === undefined),
    [],
    'missing',
  );
});

const ABSENT = `AudioManager BoolMetaField ColorMetaField EnumMetaField ExporterMetaField MetaField MetaFile
NumberMetaField ObjectMetaField Presenter ProjectMetadata RangeMetaField Sounds StringMetaField Vector2MetaField
addEditorToProject bootstrap createSceneMetadata createSettingsMetadata editorBootstrap sound`.split(/\s+/);

test('what has no meaning here can be imported and says so when it is used', () => {
  for (const name of ABSENT) {
    throws(() => (core as any)[name](), `\`${name}\` is not available here`);
    throws(() => new (core as any)[name](), `\`${name}\` is not available here`);
  }
});

test('outside of a scene there is no scene to use', () => {
  throws(() => core.useScene(), 'generator function');
  throws(() => core.useThread(), 'generator function');
  throws(() => core.usePlayback(), 'generator function');
  ok(core.useLogger() !== undefined, 'the console logger is missing');
});
