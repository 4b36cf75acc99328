import {byId, h, say} from './dom.js';
import type {Film} from './film.js';
import type {Player} from './player.js';
import {tell} from './server.js';
import type {Render} from './server.js';
import {duration, size} from './time.js';

/** The formats that are written, by the ending of a file's name. */
const FORMATS: [ending: string, name: string][] = [
  ['.mp4', 'MP4 (H.264, AAC)'],
  ['.webm', 'WebM (VP9, Opus), keeps transparency'],
  ['.mov', 'MOV (ProRes), keeps transparency'],
  ['.gif', 'GIF'],
  ['.apng', 'APNG'],
  ['.webp', 'Animated WebP'],
  ['/%05d.png', 'PNG, a file of each frame'],
  ['/%05d.jpg', 'JPEG, a file of each frame'],
  ['.wav', 'WAV, sound only'],
  ['.mp3', 'MP3, sound only'],
  ['.m4a', 'M4A, sound only'],
  ['.opus', 'Opus, sound only'],
  ['.flac', 'FLAC, sound only'],
];

/** The dialog of rendering, and what is being rendered. */
export class Renders {
  readonly #dialog = byId<HTMLDialogElement>('render-dialog');
  readonly #form = byId<HTMLFormElement>('render-form');
  #stages = '';
  #before = new Map<number, Render['stage']>();
  public finished: () => void = () => {};
  public open: () => void = () => {};

  public constructor(
    private readonly film: Film,
    private readonly player: Player,
  ) {
    const format = byId<HTMLSelectElement>('render-format');
    for (const [ending, name] of FORMATS) format.add(new Option(name, ending));
    format.addEventListener('change', () => this.#rename(format.value));
    byId('render').addEventListener('click', () => this.ask());
    byId('render-cancel').addEventListener('click', () => this.#dialog.close());
    this.#form.addEventListener('submit', event => {
      event.preventDefault();
      void this.#start();
    });
  }

  /** Opens the dialog. */
  public ask(): void {
    const {film, player} = this;
    const output = byId<HTMLInputElement>('render-output');
    if (output.value === '') output.value = `out/${film.state?.name || 'film'}.mp4`;
    const range = byId<HTMLInputElement>('render-range');
    range.disabled = player.range === null;
    range.checked = player.range !== null;
    byId('render-size').textContent = film.take === null ? '' : `${film.take.width} × ${film.take.height}, ${film.take.fps} fps`;
    byId('render-error').textContent = '';
    this.#dialog.showModal();
    output.focus();
  }

  /** Shows how far all are. */
  public update(): void {
    const renders = this.film.state?.renders ?? [];
    const working = renders.filter(render => render.stage === 'working' || render.stage === 'waiting').length;
    const badge = byId('render-count');
    badge.hidden = working === 0;
    badge.textContent = String(working);
    for (const render of renders) {
      const before = this.#before.get(render.id);
      if (before === 'working' && render.stage === 'done') {
        say(`Rendered ${render.output}`);
        this.finished();
      }
      if (before !== undefined && before !== 'failed' && render.stage === 'failed') say(`${render.output} failed`);
      this.#before.set(render.id, render.stage);
    }
    const list = byId('renders');
    const stages = renders.map(render => `${render.id} ${render.stage}`).join();
    const isSame = stages === this.#stages;
    this.#stages = stages;
    if (isSame && renders.length > 0) {
      // A button keeps its focus while numbers change.
      for (const [index, render] of [...renders].reverse().entries()) {
        list.children[index]?.querySelector('.facts')?.replaceWith(this.#facts(render));
      }
      return;
    }
    list.replaceChildren(
      ...(renders.length === 0
        ? [h('p', {class: 'hint'}, 'Nothing was rendered from here yet.')]
        : [...renders].reverse().map(render => this.#item(render))),
    );
  }

  #item(render: Render): HTMLElement {
    const isOver = render.stage !== 'working' && render.stage !== 'waiting';
    return h(
      'li',
      {class: render.stage},
      h('strong', {title: render.file}, render.output),
      this.#facts(render),
      h(
        'div',
        {class: 'row'},
        h('button', {onclick: () => void this.#stop(render.id)}, isOver ? 'Remove' : 'Cancel'),
        render.stage === 'done' && h('button', {onclick: () => void this.#copy(render.file)}, 'Copy the file’s path'),
      ),
    );
  }

  #facts(render: Render): HTMLElement {
    const facts = h('div', {class: 'facts'});
    if (render.stage === 'working') {
      const [made, all] = [render.made ?? 0, render.recorded ?? 0];
      const left = render.left === null || render.left === undefined ? '' : `, ${duration(render.left)} left`;
      const bar = h('progress', {max: Math.max(1, all), value: made, 'aria-label': `How far ${render.output} is`});
      facts.append(bar, h('span', {}, `${made} of ${all}${render.known ? '' : '…'} frames${left}`));
    } else if (render.stage === 'done') {
      const cached = render.cached ? `, ${render.cached} of ${render.segments} segments from the cache` : '';
      facts.append(`${render.frames} frames, ${size(render.bytes ?? 0)} in ${duration(render.seconds ?? 0)}${cached}`);
    } else if (render.stage === 'failed') {
      facts.append(h('pre', {class: 'error'}, render.fault?.message ?? 'It failed.'));
    } else {
      facts.append(render.stage === 'waiting' ? 'Waits for its turn.' : 'Cancelled.');
    }
    return facts;
  }

  #rename(ending: string): void {
    const output = byId<HTMLInputElement>('render-output');
    const stem = output.value.replace(/\/%\d*d\.\w+$/, '').replace(/\.\w+$/, '');
    output.value = stem + ending;
  }

  async #start(): Promise<void> {
    const fields: Record<string, unknown> = {};
    const values = new FormData(this.#form);
    const number = (name: string) => {
      const text = String(values.get(name) ?? '').trim();
      if (text !== '') fields[name] = Number(text);
    };
    fields.output = String(values.get('output') ?? '').trim();
    for (const name of ['scale', 'fps', 'crf', 'quality']) number(name);
    const background = String(values.get('background') ?? '').trim();
    if (background !== '') fields.background = background;
    if (values.get('noAudio') === 'on') fields.noAudio = true;
    if (values.get('range') === 'on' && this.player.range !== null) {
      const {fps} = this.film;
      fields.range = this.player.bounds.map(frame => frame / fps);
    }
    try {
      await tell('render', fields);
      this.#dialog.close();
      this.open();
    } catch (error) {
      byId('render-error').textContent = (error as Error).message;
    }
  }

  async #stop(id: number): Promise<void> {
    try {
      await tell(`stop/${id}`);
    } catch (error) {
      say((error as Error).message);
    }
  }

  async #copy(file: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(file);
      say(`Copied: ${file}`);
    } catch {
      say(file);
    }
  }
}
