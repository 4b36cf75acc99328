import {byId, h, say, settled} from './dom.js';
import type {Film} from './film.js';
import {tell} from './server.js';

/** A form of the variables that the script reads. */
export class Variables {
  /** What was changed here. */
  #edits: Record<string, unknown> = {};
  /** What the form was made of. */
  #shape = '';
  readonly #send = settled(120, () => void this.#tell());

  public constructor(private readonly film: Film) {
    byId('reset').addEventListener('click', () => this.reset());
    byId('command').addEventListener('click', () => void this.copyCommand());
  }

  /** Makes the form anew if other variables are read. */
  public update(): void {
    const {state, take} = this.film;
    if (state === null || take === null) return;
    if (state.variables !== null && Object.keys(this.#edits).length === 0) this.#adopt(state.variables);
    const read = take.variables;
    byId('reset').toggleAttribute('disabled', Object.keys(this.#edits).length === 0);
    if (read === undefined) return;
    const shape = JSON.stringify(read.map(variable => [variable.name, kindOf(variable.default), variable.default]));
    if (shape === this.#shape) return;
    this.#shape = shape;
    const fields = read.map(({name, default: initial}) => this.#field(name, initial));
    byId('variables').replaceChildren(
      ...(fields.length > 0
        ? fields
        : [h('p', {class: 'hint'}, 'The script reads no variables: useScene().variables.get(name, default).')]),
    );
  }

  public reset(): void {
    this.#edits = {};
    this.#shape = '';
    void this.#tell().then(() => this.update());
  }

  /** Puts the command that renders what is shown on the clipboard. */
  public async copyCommand(): Promise<void> {
    const words = [...(this.film.state?.command ?? []), ...this.#words()];
    const line = words.map(quoted).join(' ');
    try {
      await navigator.clipboard.writeText(line);
      say(`Copied: ${line}`);
    } catch {
      say(line);
    }
  }

  #words(): string[] {
    const all = {...this.film.state?.given, ...this.#edits};
    return Object.entries(all).flatMap(([name, value]) => {
      // The command takes as JSON what is JSON.
      const plain = typeof value === 'string' && !isJson(value);
      return ['--var', `${name}=${plain ? value : JSON.stringify(value)}`];
    });
  }

  /** Takes over what another page, or an earlier load of this one, has changed. */
  #adopt(variables: Record<string, unknown>): void {
    const base: Record<string, unknown> = {...this.film.take?.own, ...this.film.state?.given};
    for (const [name, value] of Object.entries(variables)) {
      if (JSON.stringify(base[name]) !== JSON.stringify(value)) this.#edits[name] = value;
    }
  }

  #field(name: string, initial: unknown): HTMLElement {
    const given = this.film.state?.given?.[name];
    const value = this.#edits[name] ?? given ?? initial;
    const id = `variable-${name}`;
    const set = (next: unknown) => {
      if (JSON.stringify(next) === JSON.stringify(given ?? initial)) delete this.#edits[name];
      else this.#edits[name] = next;
      this.#send();
    };
    const label = h('label', {for: id}, name);
    const input = (type: string, properties: object, read: (input: HTMLInputElement) => unknown) =>
      h('input', {id, type, ...properties, oninput: (event: Event) => {
        const next = read(event.target as HTMLInputElement);
        if (next !== undefined) set(next);
      }});
    switch (kindOf(initial ?? value)) {
      case 'boolean':
        return h('div', {class: 'field row'}, input('checkbox', {checked: value === true}, field => field.checked), label);
      case 'number':
        return h('div', {class: 'field'}, label, input('number', {value, step: 'any'}, field =>
          Number.isFinite(field.valueAsNumber) ? field.valueAsNumber : undefined));
      case 'color': {
        const text = input('text', {value, spellcheck: 'false'}, field => field.value);
        const well = h('input', {type: 'color', value: sixDigits(String(value)), 'aria-label': `${name}, chosen`, oninput: (event: Event) => {
          text.value = (event.target as HTMLInputElement).value;
          set(text.value);
        }});
        return h('div', {class: 'field'}, label, h('div', {class: 'row'}, well, text));
      }
      case 'text': {
        const isLong = String(value).length > 60 || String(value).includes('\n');
        if (!isLong) return h('div', {class: 'field'}, label, input('text', {value}, field => field.value));
        return h('div', {class: 'field'}, label, h('textarea', {id, rows: 4, value, oninput: (event: Event) =>
          set((event.target as HTMLTextAreaElement).value)}));
      }
      default: {
        const area = h('textarea', {id, rows: Math.min(12, JSON.stringify(value, null, 2)?.split('\n').length ?? 1), spellcheck: 'false', value: JSON.stringify(value, null, 2) ?? 'null', oninput: () => {
          try {
            set(JSON.parse(area.value));
            area.setCustomValidity('');
          } catch (error) {
            area.setCustomValidity((error as Error).message);
          }
          area.toggleAttribute('aria-invalid', !area.validity.valid);
        }});
        return h('div', {class: 'field'}, label, area);
      }
    }
  }

  async #tell(): Promise<void> {
    const isChanged = Object.keys(this.#edits).length > 0;
    const base = this.film.state?.given ?? this.film.take?.own ?? {};
    try {
      await tell('variables', {variables: isChanged ? {...base, ...this.#edits} : null});
    } catch (error) {
      say((error as Error).message);
    }
    byId('reset').toggleAttribute('disabled', !isChanged);
  }
}

function kindOf(value: unknown): 'boolean' | 'number' | 'color' | 'text' | 'json' {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string') return /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(value) ? 'color' : 'text';
  return 'json';
}

/** A colour as the colour field wants it. */
function sixDigits(color: string): string {
  const short = /^#(.)(.)(.)$/.exec(color);
  return short ? `#${short.slice(1).map(digit => digit + digit).join('')}` : /^#[0-9a-f]{6}$/i.test(color) ? color : '#000000';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
