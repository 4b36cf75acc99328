import {byId, h, keep, kept} from './dom.js';
import {Film} from './film.js';
import {Findings} from './findings.js';
import {Inspector, placeLink} from './inspector.js';
import {listenToKeys} from './keys.js';
import {Pictures} from './pictures.js';
import {Player} from './player.js';
import {Renders} from './renders.js';
import {Screen} from './screen.js';
import {studio} from './server.js';
import type {Diagnostic, State} from './server.js';
import {Sound} from './sound.js';
import {Timeline} from './timeline.js';
import {Transport} from './transport.js';
import {Variables} from './variables.js';

const film = new Film();
const player = new Player(film, new Pictures(film, studio), new Sound(studio));
const screen = new Screen(film);
const transport = new Transport(film, player, screen);
const timeline = new Timeline(film, player);
const inspector = new Inspector(film, player, screen);
const variables = new Variables(film);
const renders = new Renders(film, player);
const findings = new Findings(film, player);
findings.changed = found => timeline.mark(found);

// -- the panel beside the picture ------------------------------------------------------------

const tabs = [...document.querySelectorAll<HTMLButtonElement>('[role=tab]')];

function openTab(id: string): void {
  for (const tab of tabs) {
    const isOpen = tab.id === `tab-${id}`;
    tab.setAttribute('aria-selected', String(isOpen));
    tab.tabIndex = isOpen ? 0 : -1;
    byId(tab.getAttribute('aria-controls') ?? '').hidden = !isOpen;
  }
  keep('tab', id);
  void inspector.update();
}

function isOpen(id: string): boolean {
  return byId(`tab-${id}`).getAttribute('aria-selected') === 'true';
}

for (const [index, tab] of tabs.entries()) {
  tab.addEventListener('click', () => openTab(tab.id.replace('tab-', '')));
  tab.addEventListener('keydown', event => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    const next = tabs[(index + by + tabs.length) % tabs.length];
    next.click();
    next.focus();
  });
}
const lastTab = kept('tab') ?? 'inspect';
openTab(tabs.some(tab => tab.id === `tab-${lastTab}`) ? lastTab : 'inspect');
inspector.isOpen = () => isOpen('inspect');
inspector.open = () => openTab('inspect');
renders.open = () => openTab('renders');
renders.finished = () => void timeline.refresh();

// -- dark and light --------------------------------------------------------------------------

function setTheme(theme: string | null): void {
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
  timeline.draw();
}
setTheme(kept('theme'));
byId('theme').addEventListener('click', () => {
  const isDark = getComputedStyle(document.documentElement).colorScheme.includes('dark');
  keep('theme', isDark ? 'light' : 'dark');
  setTheme(isDark ? 'light' : 'dark');
});

/** Pictures that were shown. */
let seen = 0;
/** What waits for the first of them. */
let waiting: (() => void) | null = null;

// -- what the studio tells -------------------------------------------------------------------

/** Shows a mistake over the picture: what, where, and what may help. */
function showFault(state: State): void {
  const box = byId('fault');
  const {fault} = state;
  box.hidden = fault === null;
  if (fault === null) {
    box.replaceChildren();
    return;
  }
  const shown = fault.diagnostics.map(diagnostic => faultOf(state, diagnostic));
  box.replaceChildren(
    ...(shown.length > 0 ? shown : [h('pre', {}, fault.message)]),
    h('p', {class: 'hint'}, film.take === null ? 'It is tried again when a file changes.' : 'The picture is the last good one.'),
  );
}

function faultOf(state: State, diagnostic: Diagnostic): HTMLElement {
  const {place, hints, stack} = diagnostic;
  const code = place?.code;
  const mark = place === null ? '' : `${' '.repeat(Math.max(0, place.column - 1))}^`;
  return h(
    'section',
    {},
    h('strong', {}, diagnostic.message),
    place !== null && placeLink(state.root, {...place, code: null}),
    code !== null && code !== undefined && h('pre', {class: 'code'}, `${String(place?.line).padStart(4)} │ ${code}\n     │ ${mark}`),
    ...stack.map(call => h('div', {class: 'hint'}, `called from ${call.function ?? ''} `, placeLink(state.root, {...call, code: null}))),
    ...hints.map(hint => h('p', {class: 'help'}, `hint: ${hint}`)),
  );
}

function showConsole(state: State): void {
  const lines = [
    ...(state.take?.warnings ?? []).map(warning => ({text: `warning: ${warning.message}`, place: warning.place})),
    ...state.console.filter(line => !line.text.startsWith('warning: ')).map(line => ({text: line.text, place: null})),
  ];
  const count = byId('console-count');
  count.hidden = lines.length === 0;
  count.textContent = String(lines.length);
  byId('console').replaceChildren(
    ...(lines.length === 0
      ? [h('p', {class: 'hint'}, 'The script has said nothing: console.log and useLogger() are shown here.')]
      : lines.map(line =>
          h('div', {class: line.text.startsWith('warning: ') ? 'warning' : ''}, h('pre', {}, line.text), line.place !== null && placeLink(state.root, line.place)),
        )),
  );
}

function showStatus(state: State): void {
  const status = byId('status');
  status.textContent = state.recording
    ? state.recorded === null
      ? 'Recording…'
      : `Recording… ${state.recorded} frames`
    : state.fault !== null
      ? 'There is a mistake'
      : `${state.take?.frames ?? 0} frames`;
  status.dataset.state = state.recording ? 'busy' : state.fault !== null ? 'fault' : 'good';
}

film.onState((state, before) => {
  document.title = `${state.name} – Kinora studio`;
  byId('name').textContent = state.name;
  byId('name').title = state.project;
  showStatus(state);
  if (JSON.stringify(state.fault) !== JSON.stringify(before?.fault ?? null)) showFault(state);
  if (JSON.stringify([state.console, state.take?.warnings]) !== JSON.stringify([before?.console, before?.take?.warnings])) showConsole(state);
  renders.update();
  byId('empty').hidden = state.take !== null || state.fault !== null;
  const {take} = state;
  if (take === null) return;
  const isNew = take.id !== before?.take?.id;
  const grew = take.frames !== before?.take?.frames || take.whole !== before?.take?.whole;
  if (!isNew && !grew) return;
  if (before?.take === null || before === null) {
    const at = Number(kept(`frame.${state.project}`));
    player.frame = film.clamp(Number.isFinite(at) ? at : 0);
  }
  screen.place();
  if (player.frame >= film.end && take.whole) player.seek(film.end - 1);
  if (isNew) {
    if (player.playing) void player.play();
    else player.refresh();
  }
  const rest = () => {
    variables.update();
    findings.update();
    void timeline.update();
    void inspector.update();
    update();
  };
  // The first picture goes before all that is beside it.
  if (seen > 0) rest();
  else {
    waiting = rest;
    setTimeout(proceed, 500);
  }
});

/** Does what waited for the first picture. */
function proceed(): void {
  const rest = waiting;
  waiting = null;
  rest?.();
}

// -- what the player does --------------------------------------------------------------------

function update(): void {
  transport.update();
  timeline.draw();
  if (!player.playing) void inspector.update();
}

player.width = () => screen.width();
player.show = (picture, frame, exact) => {
  byId('trouble').hidden = true;
  screen.show(picture);
  byId('picture').dataset.frame = String(frame);
  byId('picture').dataset.exact = String(exact);
  byId('picture').dataset.take = String(film.take?.id);
  if (seen++ === 0) {
    performance.mark('first picture');
    // Once it has been painted.
    requestAnimationFrame(() => setTimeout(proceed));
  }
  inspector.draw();
};
player.failed = message => {
  byId('trouble').hidden = false;
  byId('trouble').textContent = message;
};
player.changed = () => {
  update();
  if (film.state !== null && !player.playing) keep(`frame.${film.state.project}`, String(player.frame));
};
screen.changed = () => {
  transport.update();
  inspector.draw();
};

// Who has clicked a button of the player means the player with the next key.
document.addEventListener('click', event => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('#transport button') : null;
  if (event.detail > 0 && button instanceof HTMLButtonElement) button.blur();
});

film.open(connected => {
  byId('offline').hidden = connected;
});

listenToKeys([
  {keys: [' '], shown: 'Space', does: 'Play or pause', work: () => player.toggle()},
  {keys: ['l'], shown: 'L', does: 'Play; again: faster', work: () => player.shuttle(1)},
  {keys: ['k'], shown: 'K', does: 'Pause', work: () => player.pause()},
  {keys: ['j'], shown: 'J', does: 'Play backwards; again: faster', work: () => player.shuttle(-1)},
  {keys: ['ArrowRight'], shown: '→', does: 'Next frame', work: () => transport.step(1)},
  {keys: ['ArrowLeft'], shown: '←', does: 'Frame before', work: () => transport.step(-1)},
  {keys: ['Shift+ArrowRight'], shown: 'Shift →', does: 'A second on', work: () => transport.step(Math.round(film.fps))},
  {keys: ['Shift+ArrowLeft'], shown: 'Shift ←', does: 'A second back', work: () => transport.step(-Math.round(film.fps))},
  {keys: ['Home'], shown: 'Home', does: 'First frame', work: () => player.seek(player.bounds[0])},
  {keys: ['End'], shown: 'End', does: 'Last frame', work: () => player.seek(player.bounds[1] - 1)},
  {keys: ['i'], shown: 'I', does: 'The range begins here', work: () => transport.markIn()},
  {keys: ['o'], shown: 'O', does: 'The range ends here', work: () => transport.markOut()},
  {keys: ['x'], shown: 'X', does: 'Play all again', work: () => transport.setRange(null)},
  {keys: ['r'], shown: 'R', does: 'Loop or not', work: () => transport.set('loops', !player.loops)},
  {keys: ['e'], shown: 'E', does: 'Show every frame, or keep time', work: () => transport.set('everyFrame', !player.everyFrame)},
  {keys: ['m'], shown: 'M', does: 'Mute or not', work: () => player.setVolume(player.volume, !player.muted)},
  {keys: ['+', '='], shown: '+', does: 'Larger', work: () => screen.zoomBy(1.25)},
  {keys: ['-'], shown: '-', does: 'Smaller', work: () => screen.zoomBy(0.8)},
  {keys: ['0'], shown: '0', does: 'Fit all in', work: () => screen.zoom(null)},
  {keys: ['1'], shown: '1', does: 'A pixel for a pixel', work: () => screen.zoom(1 / devicePixelRatio)},
  {keys: ['b'], shown: 'B', does: 'Checkerboard or black', work: () => transport.checker()},
  {keys: ['g'], shown: 'G', does: 'Grid and safe area', work: () => transport.guides()},
  {keys: ['f'], shown: 'F', does: 'Full screen', work: () => transport.full()},
  {keys: ['s'], shown: 'S', does: 'Save the frame as PNG', work: () => void transport.snapshot()},
  {keys: ['c'], shown: 'C', does: 'Copy the frame', work: () => void transport.copy()},
  {keys: [']'], shown: ']', does: 'Timeline: closer', work: () => timeline.zoom(0.7)},
  {keys: ['['], shown: '[', does: 'Timeline: further', work: () => timeline.zoom(1.4)},
  {keys: ['\\'], shown: '\\', does: 'Timeline: all', work: () => timeline.zoomOut()},
  {keys: ['d'], shown: 'D', does: 'Render…', work: () => renders.ask()},
]);
