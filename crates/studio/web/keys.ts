import {byId, h} from './dom.js';

/** A key, what it is called, and what it does. */
export interface Key {
  keys: string[];
  shown: string;
  does: string;
  work: (event: KeyboardEvent) => void;
}

/** Fields in which letters are letters. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) || (target instanceof HTMLInputElement && !['checkbox', 'range', 'color'].includes(target.type)));
}

/** Has keys do what they are for, and lists them. */
export function listenToKeys(keys: Key[]): void {
  const dialog = byId<HTMLDialogElement>('keys');
  const all: Key[] = [
    ...keys,
    {keys: ['?'], shown: '?', does: 'List the keys', work: () => dialog.showModal()},
  ];
  byId('key-list').replaceChildren(
    ...all.map(key => h('tr', {}, h('td', {}, ...key.shown.split(' ').flatMap(name => [h('kbd', {}, name), ' '])), h('td', {}, key.does))),
  );
  byId('help').addEventListener('click', () => dialog.showModal());
  byId('keys-close').addEventListener('click', () => dialog.close());
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || isTyping(event.target) || document.querySelector('dialog[open]')) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // A button takes its own keys.
    if (event.target instanceof HTMLButtonElement && (event.key === ' ' || event.key === 'Enter')) return;
    if (event.target instanceof HTMLInputElement && event.target.type === 'range' && event.key.startsWith('Arrow')) return;
    if (event.target instanceof HTMLElement && event.target.getAttribute('role') === 'tab' && event.key.startsWith('Arrow')) return;
    const name = event.shiftKey && event.key.startsWith('Arrow') ? `Shift+${event.key}` : event.key;
    const known = all.find(key => key.keys.includes(name) || (name.length === 1 && key.keys.includes(name.toLowerCase())));
    if (known === undefined) return;
    event.preventDefault();
    known.work(event);
  });
}
