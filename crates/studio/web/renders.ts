import {byId, h, keep, kept, say, settled} from './dom.js';
import type {Film} from './film.js';
import type {Player} from './player.js';
import {studio} from './server.js';
import type {Price, Render} from './server.js';
import {dollars, duration, size} from './time.js';

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

function functions(count: number): string {
  return count === 1 ? 'one function' : `${count} functions`;
}

/** The dialog of rendering, and what is being rendered. */
export class Renders {
  readonly #dialog = byId<HTMLDialogElement>('render-dialog');
  readonly #form = byId<HTMLFormElement>('render-form');
  readonly #cloud = byId('render-cloud');
  readonly #price = byId('render-price');
  readonly #reckon = settled(400, () => void this.#askPrice());
  /** Counts the prices that were asked for. */
  #asked = 0;
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
    this.#form.addEventListener('change', () => this.#showCloud());
    this.#form.addEventListener('input', () => {
      if (this.#isCloud) this.#reckon();
    });
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
    for (const [name, usual] of Object.entries(film.state?.lambda ?? {})) {
      const field = this.#field(name);
      if (field.value === '') field.value = kept(`lambda.${name}`) || String(usual);
    }
    this.#showCloud();
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

  get #isCloud(): boolean {
    return byId<HTMLInputElement>('render-lambda').checked;
  }

  #field(name: string): HTMLInputElement {
    return this.#form.elements.namedItem(name) as HTMLInputElement;
  }

  #showCloud(): void {
    const isCloud = this.#isCloud;
    if (isCloud && this.#cloud.hidden) this.#reckon();
    this.#cloud.hidden = !isCloud;
    byId('render-start').textContent = isCloud ? 'Render on Lambda' : 'Render';
  }

  /** Asks what it would cost, as the form stands. */
  async #askPrice(): Promise<void> {
    const asked = ++this.#asked;
    const tell = (text: string) => {
      if (asked === this.#asked) this.#price.textContent = text;
    };
    if (!this.#isCloud || !this.#dialog.open) return;
    tell('Some of it is rendered here to tell the price…');
    try {
      const price: Price = await studio.tell('price', this.#fields());
      const measured =
        price.measuredFrames === 0
          ? 'Its videos are copied; no function is called'
          : `${price.processorSeconds.toFixed(1)} s of processor time, told from ${price.measuredFrames} of ${price.frames} frames`;
      tell(`About ${dollars(price.usd)} and ${duration(price.seconds)} with ${functions(price.workers)}: ${measured}. ${price.prices}; ${price.memoryMb} MB.`);
    } catch (error) {
      tell(`No price: ${(error as Error).message}`);
    }
  }

  #item(render: Render): HTMLElement {
    const isOver = render.stage !== 'working' && render.stage !== 'waiting';
    return h(
      'li',
      {class: render.stage},
      h('strong', {title: render.file}, render.output, render.onLambda && ' (Lambda)'),
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
      const cached = render.cached ? `, ${render.cached} of ${render.segments} segments ${render.onLambda ? 'stood already' : 'from the cache'}` : '';
      facts.append(`${render.frames} frames, ${size(render.bytes ?? 0)} in ${duration(render.seconds ?? 0)}${cached}`);
      const {lambda} = render;
      if (lambda) {
        const repeated = lambda.retries === 0 ? '' : `, ${lambda.retries} calls repeated`;
        facts.append(h('span', {}, `About ${dollars(lambda.usd)}: ${functions(lambda.workers)}, ${lambda.gbSeconds.toFixed(1)} GB-seconds${repeated}`));
      }
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

  /** What the form asks for. */
  #fields(): Record<string, unknown> {
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
    if (this.#isCloud) {
      const text = (name: string) => String(values.get(name) ?? '').trim();
      fields.lambda = {function: text('function'), bucket: text('bucket'), workers: Number(text('workers'))};
    }
    return fields;
  }

  async #start(): Promise<void> {
    try {
      if (this.#isCloud) {
        for (const name of ['function', 'bucket', 'workers']) keep(`lambda.${name}`, this.#field(name).value);
      }
      await studio.tell('render', this.#fields());
      this.#dialog.close();
      this.open();
    } catch (error) {
      byId('render-error').textContent = (error as Error).message;
    }
  }

  async #stop(id: number): Promise<void> {
    try {
      await studio.tell(`stop/${id}`);
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
