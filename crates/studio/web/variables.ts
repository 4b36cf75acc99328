import {byId, h, say, settled} from './dom.js';
import type {Film} from './film.js';
import {studio} from './server.js';
import type {Schema} from './server.js';

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
    if (state === null) return;
    const declared = state.inputs?.properties;
    if (take !== null && state.variables !== null && Object.keys(this.#edits).length === 0) this.#adopt(state.variables);
    byId('reset').toggleAttribute('disabled', Object.keys(this.#edits).length === 0);
    // What is declared can be given before the script has ever run to its end.
    const read = take?.variables ?? (declared === undefined ? undefined : []);
    if (read === undefined) return;
    const defaults = new Map(read.map(variable => [variable.name, variable.default]));
    const names = [...new Set([...Object.keys(declared ?? {}), ...defaults.keys()])];
    const shape = JSON.stringify([names.map(name => [name, defaults.get(name)]), state.inputs]);
    if (shape === this.#shape) return;
    this.#shape = shape;
    const needed = state.inputs?.required ?? [];
    const fields = names.map(name => {
      const schema = declared?.[name] ?? {};
      return this.#field(name, defaults.get(name) ?? schema.default, schema, needed.includes(name));
    });
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

  #field(name: string, initial: unknown, schema: Schema, isNeeded: boolean): HTMLElement {
    const given = this.film.state?.given?.[name];
    const value = this.#edits[name] ?? given ?? initial;
    const id = `variable-${name}`;
    const set = (next: unknown) => {
      if (JSON.stringify(next) === JSON.stringify(given ?? initial)) delete this.#edits[name];
      else this.#edits[name] = next;
      this.#send();
    };
    const about = schema.description === undefined ? null : h('p', {class: 'hint', id: `${id}-about`}, schema.description);
    const told = about === null ? {} : {'aria-describedby': about.id};
    const label = h('label', {for: id, title: name}, schema.title ?? name, isNeeded && ' *');
    const field = (...parts: (HTMLElement | null)[]) => h('div', {class: 'field'}, label, ...parts, about);
    const input = (type: string, properties: object, read: (input: HTMLInputElement) => unknown) =>
      h('input', {id, type, ...told, ...properties, oninput: (event: Event) => {
        const next = read(event.target as HTMLInputElement);
        if (next !== undefined) set(next);
      }});
    const number = (properties: object) => input('number', properties, field =>
      Number.isFinite(field.valueAsNumber) ? field.valueAsNumber : undefined);
    switch (kindOf(initial ?? value, schema)) {
      case 'choice': {
        const choices = schema.enum ?? [];
        const select = h('select', {id, ...told, oninput: () => set(choices[select.selectedIndex])},
          ...choices.map(choice => h('option', {}, typeof choice === 'string' ? choice : JSON.stringify(choice))));
        select.selectedIndex = choices.findIndex(choice => JSON.stringify(choice) === JSON.stringify(value));
        return field(select);
      }
      case 'boolean':
        return h('div', {class: 'field row'}, input('checkbox', {checked: value === true}, field => field.checked), label, about);
      case 'number': {
        const step = schema.multipleOf ?? (schema.type === 'integer' ? 1 : 'any');
        const {minimum: min, maximum: max} = schema;
        if (min === undefined || max === undefined) return field(number({value, step, min, max}));
        const exact = number({value, step, min, max});
        const range = h('input', {type: 'range', step, min, max, value, 'aria-label': `${name}, chosen`, oninput: (event: Event) => {
          exact.value = (event.target as HTMLInputElement).value;
          set(exact.valueAsNumber);
        }});
        exact.addEventListener('input', () => (range.value = exact.value));
        return field(h('div', {class: 'row'}, range, exact));
      }
      case 'color': {
        const text = input('text', {value, spellcheck: 'false'}, field => field.value);
        const well = h('input', {type: 'color', value: sixDigits(String(value)), 'aria-label': `${name}, chosen`, oninput: (event: Event) => {
          text.value = (event.target as HTMLInputElement).value;
          set(text.value);
        }});
        return field(h('div', {class: 'row'}, well, text));
      }
      case 'file': {
        const list = h('datalist', {id: `${id}-files`});
        void studio.ask('files').then(async answer => {
          const files: string[] = await answer.json();
          list.replaceChildren(...files.map(file => h('option', {value: file})));
        }).catch(() => {});
        return field(input('text', {value, list: list.id, spellcheck: 'false'}, field => field.value), list);
      }
      case 'text': {
        const isLong = String(value ?? '').length > 60 || String(value).includes('\n');
        const maxlength = schema.maxLength;
        if (!isLong) return field(input('text', {value: value ?? '', maxlength}, field => field.value));
        return field(h('textarea', {id, rows: 4, maxlength, ...told, value, oninput: (event: Event) =>
          set((event.target as HTMLTextAreaElement).value)}));
      }
      default: {
        const area = h('textarea', {id, rows: Math.min(12, JSON.stringify(value, null, 2)?.split('\n').length ?? 1), spellcheck: 'false', ...told, value: JSON.stringify(value, null, 2) ?? 'null', oninput: () => {
          try {
            set(JSON.parse(area.value));
            area.setCustomValidity('');
          } catch (error) {
            area.setCustomValidity((error as Error).message);
          }
          area.toggleAttribute('aria-invalid', !area.validity.valid);
        }});
        return field(area);
      }
    }
  }

  async #tell(): Promise<void> {
    const isChanged = Object.keys(this.#edits).length > 0;
    const base = this.film.state?.given ?? this.film.take?.own ?? {};
    try {
      await studio.tell('variables', {variables: isChanged ? {...base, ...this.#edits} : null});
    } catch (error) {
      say((error as Error).message);
    }
    byId('reset').toggleAttribute('disabled', !isChanged);
  }
}

type Kind = 'choice' | 'boolean' | 'number' | 'color' | 'file' | 'text' | 'json';

/** What a variable is: as it is declared, else as its default is. */
function kindOf(value: unknown, schema: Schema): Kind {
  if (schema.enum !== undefined) return 'choice';
  if (schema.format === 'color' || schema.format === 'file') return schema.format;
  switch (schema.type) {
    case 'boolean':
      return 'boolean';
    case 'number':
    case 'integer':
      return 'number';
    case 'string':
      return 'text';
    case undefined:
      break;
    default:
      return 'json';
  }
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
