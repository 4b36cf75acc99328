import {byId, h} from './dom.js';
import type {Film} from './film.js';
import type {Player} from './player.js';
import type {Screen} from './screen.js';
import {editorLink, studio} from './server.js';
import type {NodeFacts, Place} from './server.js';

/** Nodes that the list shows at most. */
const MOST_SHOWN = 1500;

/** The nodes of the present frame: a list, and what there is to say of one. */
export class Inspector {
  #nodes: NodeFacts[] = [];
  /** The take and frame that the nodes are of. */
  #of = '';
  #selected: string | null = null;
  #pointed: NodeFacts | null = null;
  #wanted = false;
  #folded = new Set<string>();
  /** Whether the list of nodes is seen. */
  public isOpen: () => boolean = () => false;
  public open: () => void = () => {};

  public constructor(
    private readonly film: Film,
    private readonly player: Player,
    private readonly screen: Screen,
  ) {
    screen.clicked = (x, y) => void this.#click(x, y);
    screen.pointed = (x, y) => {
      if (!this.isOpen() || player.playing || this.#of !== this.#now()) return;
      const found = this.#hit(x, y);
      if (found === this.#pointed) return;
      this.#pointed = found;
      this.draw();
    };
    byId('tree').addEventListener('keydown', event => this.#key(event));
  }

  /** Draws the outlines of what is selected and pointed at, as far as they are of this frame. */
  public draw(): void {
    const fresh = this.#of === this.#now() && !this.player.playing;
    const selected = fresh ? this.#node(this.#selected) : null;
    this.screen.outline(selected, fresh ? this.#pointed : null);
  }

  /** Fetches the nodes of the present frame if they are seen. */
  public async update(): Promise<void> {
    this.draw();
    if (!this.isOpen() || this.player.playing || this.film.take?.whole !== true) return;
    if (this.#of === this.#now() || this.#wanted) return;
    this.#wanted = true;
    const of = this.#now();
    try {
      this.#nodes = await (await studio.ask(`tree/${this.player.frame}`)).json();
      this.#of = of;
      this.#pointed = null;
    } catch (error) {
      this.#nodes = [];
      this.#of = of;
      byId('properties').replaceChildren(h('p', {class: 'hint'}, (error as Error).message));
    } finally {
      this.#wanted = false;
    }
    this.#show();
    // Time may have gone on meanwhile.
    if (of !== this.#now()) void this.update();
  }

  #now(): string {
    return `${this.film.take?.id} ${this.player.frame}`;
  }

  #node(key: string | null): NodeFacts | null {
    return this.#nodes.find(node => node.key === key) ?? null;
  }

  async #click(x: number, y: number): Promise<void> {
    this.player.pause();
    this.open();
    await this.update();
    const found = this.#hit(x, y);
    this.#selected = found?.key ?? null;
    if (found !== null) this.#unfold(found);
    this.#show();
    byId('tree').querySelector('[aria-selected=true]')?.scrollIntoView({block: 'nearest'});
  }

  /** The topmost node at a point of the film: the last one drawn. */
  #hit(x: number, y: number): NodeFacts | null {
    for (let index = this.#nodes.length - 1; index >= 0; index--) {
      const node = this.#nodes[index];
      const seen = node.depth > 0 && node.opacity > 0.01 && node.own !== undefined;
      if (seen && contains(node.own ?? [], x, y)) return outermostText(this.#nodes, index);
    }
    return null;
  }

  #unfold(node: NodeFacts): void {
    let depth = node.depth;
    for (let index = this.#nodes.indexOf(node); index >= 0; index--) {
      const above = this.#nodes[index];
      if (above.depth < depth) {
        this.#folded.delete(above.key);
        depth = above.depth;
      }
    }
  }

  #select(key: string): void {
    this.#selected = key;
    this.#show();
  }

  #show(): void {
    const tree = byId('tree');
    const hadFocus = tree.contains(document.activeElement);
    const items: HTMLElement[] = [];
    let hiddenBelow = Infinity;
    for (const [index, node] of this.#nodes.entries()) {
      if (node.depth > hiddenBelow) continue;
      hiddenBelow = Infinity;
      const hasChildren = (this.#nodes[index + 1]?.depth ?? 0) > node.depth;
      const isFolded = hasChildren && this.#folded.has(node.key);
      if (isFolded) hiddenBelow = node.depth;
      if (items.length >= MOST_SHOWN) break;
      items.push(this.#item(node, hasChildren, isFolded));
    }
    if (items.length === 0) items.push(h('p', {class: 'hint'}, 'Nothing is on at this frame.'));
    tree.replaceChildren(...items);
    this.#showProperties();
    this.draw();
    if (hadFocus) tree.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  #item(node: NodeFacts, hasChildren: boolean, isFolded: boolean): HTMLElement {
    const isSelected = node.key === this.#selected;
    const faint = node.opacity < 0.01 || node.size[0] * node.size[1] === 0;
    const fold = () => {
      if (isFolded) this.#folded.delete(node.key);
      else this.#folded.add(node.key);
      this.#show();
    };
    return h(
      'div',
      {
        role: 'treeitem',
        class: faint ? 'faint' : '',
        style: `padding-left: ${node.depth * 12 + 4}px`,
        tabindex: isSelected || (this.#selected === null && node.depth === 0) ? '0' : '-1',
        'aria-level': node.depth + 1,
        'aria-selected': String(isSelected),
        'aria-expanded': hasChildren ? String(!isFolded) : undefined,
        'data-key': node.key,
        onclick: () => this.#select(node.key),
      },
      h('span', {class: 'fold', onclick: (event: Event) => (event.stopPropagation(), fold())}, hasChildren ? (isFolded ? '▸' : '▾') : ''),
      h('span', {class: 'class'}, node.depth === 0 ? 'View' : node.class),
      h('span', {class: 'text'}, node.lines?.join(' ') ?? name(node)),
      node.place !== null && h('span', {class: 'line'}, `:${node.place.line}`),
    );
  }

  #showProperties(): void {
    const node = this.#node(this.#selected);
    const list = byId('properties');
    if (node === null) {
      list.replaceChildren(h('p', {class: 'hint'}, 'Click on something in the picture, or choose a node above.'));
      return;
    }
    const [x, y] = node.corners[0];
    const facts: [string, string][] = [
      ['box', `${node.size[0]} × ${node.size[1]}`],
      ['top left', `${x}, ${y}`],
      ['seen opacity', String(node.opacity)],
    ];
    const rows = (pairs: [string, string, boolean?][]) =>
      pairs.map(([name, value, faint]) =>
        h('tr', {class: faint ? 'faint' : ''}, h('th', {scope: 'row'}, name), h('td', {}, swatch(value), value)),
      );
    const own = node.properties.filter(property => !property.initial);
    const initial = node.properties.filter(property => property.initial);
    const sections = h(
      'div',
      {},
      h('h3', {}, `<${node.class}>`, h('span', {class: 'text'}, name(node))),
      node.place !== null && placeLink(this.film.state?.root ?? '', node.place),
      h('table', {'aria-label': 'Where it is'}, ...rows(facts)),
      h('table', {'aria-label': 'Properties'}, ...rows(own.map(({name, value}) => [name, value]))),
      initial.length > 0 &&
        h(
          'details',
          {},
          h('summary', {}, `${initial.length} as they are by default`),
          h('table', {}, ...rows(initial.map(({name, value}) => [name, value, true]))),
        ),
    );
    list.replaceChildren(sections);
  }

  #key(event: KeyboardEvent): void {
    const items = [...byId('tree').querySelectorAll<HTMLElement>('[role=treeitem]')];
    const index = items.findIndex(item => item.dataset.key === this.#selected);
    const go = (next: HTMLElement | undefined) => {
      if (next?.dataset.key !== undefined) this.#select(next.dataset.key);
    };
    const node = this.#node(this.#selected);
    if (event.key === 'ArrowDown') go(items[index + 1]);
    else if (event.key === 'ArrowUp') go(items[Math.max(0, index - 1)]);
    else if (event.key === 'ArrowRight' && node) this.#folded.delete(node.key);
    else if (event.key === 'ArrowLeft' && node) this.#folded.add(node.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
    this.#show();
  }
}

/** What of a key tells nodes apart; nothing of one that only counts. */
function name(node: NodeFacts): string {
  const last = node.key.split('/').pop() ?? '';
  return /^[\w$]+\[\d+\]$/.test(last) ? '' : last === '__root__' ? '' : last;
}

/** Within a text, the text as a whole. */
function outermostText(nodes: NodeFacts[], index: number): NodeFacts {
  let found = nodes[index];
  if (found.lines !== undefined || !found.class.startsWith('Txt')) return found;
  for (let above = index; above >= 0 && nodes[above].depth > 0; above--) {
    if (nodes[above].depth < found.depth) {
      if (!nodes[above].class.startsWith('Txt')) break;
      found = nodes[above];
    }
  }
  return found;
}

/** Whether a point lies in a convex shape whose corners go round. */
function contains(corners: [number, number][], x: number, y: number): boolean {
  let [left, right] = [false, false];
  for (const [index, [ax, ay]] of corners.entries()) {
    const [bx, by] = corners[(index + 1) % corners.length];
    const side = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    if (side > 0) left = true;
    if (side < 0) right = true;
  }
  return !(left && right);
}

function swatch(value: string): HTMLElement | false {
  const isColor = /^(#[0-9a-f]{3,8}|rgba?\([\d.,%\s/]+\))$/i.test(value);
  return isColor && h('span', {class: 'swatch', style: `background: ${value}`});
}

/** A place that opens in an editor, with its line of code. */
export function placeLink(root: string, place: Place): HTMLElement {
  return h(
    'a',
    {class: 'place', href: editorLink(root, place), title: 'Open in VS Code'},
    h('span', {}, `${place.file}:${place.line}`),
    place.code !== null && h('code', {}, place.code.trim()),
  );
}
