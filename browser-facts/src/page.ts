/**
 * Runs in the browser: plays one project with the real Revideo, frame by
 * frame, and reads pictures and boxes.
 */
import {Layout, Node, Txt, type Scene2D} from '@revideo/2d';
import {
  getFullRenderingSettings,
  PlaybackManager,
  PlaybackState,
  PlaybackStatus,
  SharedWebGLContext,
  Stage,
  type Project,
} from '@revideo/core';
import type {FrameFacts, NodeFacts, SceneFacts} from './facts';

/** Numbers are kept to a thousandth of a pixel: the browser itself measures in 1/64 px. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

/** The visual lines of a block of text, as the browser broke them. */
function visualLines(element: HTMLElement): string[] {
  const lines: string[] = [];
  let previous: DOMRect | null = null;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const {index, segment} of graphemes.segment(node.textContent ?? '')) {
      range.setStart(node, index);
      range.setEnd(node, index + segment.length);
      const rect = range.getClientRects()[0];
      if (!rect || (rect.width === 0 && rect.height === 0)) continue;
      if (rect.width === 0 && /\s/.test(segment)) continue;
      // A character left of the middle of the one before it has wrapped.
      if (!previous || rect.left < (previous.left + previous.right) / 2) lines.push('');
      lines[lines.length - 1] += segment;
      previous = rect;
    }
  }
  return lines.map(line => line.replace(/\s+/g, ' ').trim());
}

function nodeFacts(node: Node): NodeFacts {
  const position = node.position();
  const absolute = node.absolutePosition();
  const facts: NodeFacts = {
    key: node.key,
    class: node.constructor.name,
    x: round(position.x),
    y: round(position.y),
    absolute: [round(absolute.x), round(absolute.y)],
    opacity: round(node.opacity()),
  };
  if (node instanceof Layout) {
    const size = node.size();
    facts.width = round(size.x);
    facts.height = round(size.y);
  }
  if (node instanceof Txt && !(node.parent() instanceof Txt)) {
    facts.lines = visualLines(node.element);
  }
  return facts;
}

async function loadFonts() {
  await Promise.all([...document.fonts].map(face => face.load()));
  await document.fonts.ready;
}

/** Plays the whole project and keeps the wanted frames. */
export async function run(project: Project, frames: number[]): Promise<SceneFacts> {
  await loadFonts();
  const complaints: string[] = [];
  project.logger.onLogged.subscribe(entry => {
    if (entry.level === 'error' || entry.level === 'warn') {
      complaints.push(`${entry.level}: ${entry.message}`);
    }
  });

  const settings = getFullRenderingSettings(project);
  const playback = new PlaybackManager();
  const status = new PlaybackStatus(playback);
  const sharedWebGLContext = new SharedWebGLContext(project.logger);
  playback.setup(
    project.scenes.map(
      description =>
        new description.klass({
          ...description,
          playback: status,
          logger: project.logger,
          size: settings.size,
          resolutionScale: settings.resolutionScale,
          sharedWebGLContext,
          experimentalFeatures: project.experimentalFeatures,
        } as never),
    ),
  );
  playback.fps = settings.fps;
  playback.state = PlaybackState.Rendering;
  const stage = new Stage();
  stage.configure(settings as never);

  playback.reload({size: settings.size, resolutionScale: settings.resolutionScale});
  for (const scene of playback.scenes.current) {
    scene.variables.updateSignals(project.variables ?? {});
  }
  await playback.recalculate();
  await playback.reset();
  const duration = playback.duration;
  const missing = frames.filter(frame => frame > duration);
  if (missing.length) throw new Error(`frames ${missing} are past the last one, ${duration}`);
  await playback.seek(0);

  const wanted = new Set(frames);
  const kept: FrameFacts[] = [];
  for (let frame = 0; ; frame++) {
    await stage.render(playback.currentScene, playback.previousScene);
    if (wanted.has(frame)) {
      const scene = playback.currentScene as Scene2D;
      const nodes = scene.execute(() =>
        scene
          .getView()!
          .findAll((_node): _node is Node => true)
          .map(nodeFacts),
      );
      kept.push({frame, nodes, picture: stage.finalBuffer.toDataURL('image/png')});
    }
    if (frame >= Math.max(...frames)) break;
    await playback.progress();
  }
  return {
    size: [settings.size.x, settings.size.y],
    fps: settings.fps,
    frameCount: duration + 1,
    complaints,
    frames: kept,
  };
}

