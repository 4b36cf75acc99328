import {byId, h, say} from './dom.js';
import type {Film} from './film.js';
import {placeLink} from './inspector.js';
import type {Player} from './player.js';
import {studio} from './server.js';
import type {Finding} from './server.js';
import {timecode} from './time.js';

/** What `kinora check` finds of the film that is shown. */
export class Findings {
  #of = 0;
  #found: Finding[] = [];
  /** Told when there is something new to draw. */
  public changed: (found: Finding[]) => void = () => {};

  public constructor(
    private readonly film: Film,
    private readonly player: Player,
  ) {
    byId('check').addEventListener('click', () => void this.check());
  }

  /** Says if what is shown was found of an earlier recording. */
  public update(): void {
    byId('stale').hidden = this.#of === 0 || this.#of === this.film.take?.id;
  }

  /** Looks at the film. */
  public async check(): Promise<void> {
    const button = byId<HTMLButtonElement>('check');
    const take = this.film.take?.id ?? 0;
    button.disabled = true;
    button.textContent = 'Checking…';
    try {
      const report = await (await studio.ask('check')).json();
      this.#found = report.findings;
      this.#of = take;
      this.#show();
      this.changed(this.#found);
    } catch (error) {
      say((error as Error).message);
    }
    button.disabled = false;
    button.textContent = 'Check again';
    this.update();
  }

  #show(): void {
    const {fps} = this.film;
    const root = this.film.state?.root ?? '';
    const items = this.#found.map(finding => {
      const first = finding.firstFrame;
      const go = () => {
        this.player.pause();
        this.player.seek(first ?? 0);
      };
      return h(
        'li',
        {class: finding.severity},
        h('span', {class: 'rule'}, finding.rule),
        h('span', {}, finding.message, finding.others > 0 ? ` (and ${finding.others} more made there)` : ''),
        first !== null && h('button', {class: 'link', onclick: go}, timecode(first, fps)),
        finding.place !== null && placeLink(root, finding.place),
        finding.hint !== '' && h('span', {class: 'hint'}, finding.hint),
      );
    });
    byId('findings').replaceChildren(...(items.length > 0 ? items : [h('p', {class: 'hint'}, 'Nothing was found.')]));
  }
}
