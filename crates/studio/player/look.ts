/** How a player looks; a page changes it by these custom properties and by `::part`. */
export const LOOK = `
:host {
  display: inline-block; position: relative; overflow: hidden; vertical-align: bottom; max-width: 100%;
  background: var(--kinora-ground, #000); color: var(--kinora-ink, #fff);
  font: 14px/1.4 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif;
}
:host([hidden]), [hidden] { display: none !important; }
.view { display: grid; width: 100%; height: 100%; }
.view > * { grid-area: 1 / 1; width: 100%; height: 100%; min-height: 0; object-fit: contain; }
.poster { object-fit: contain; pointer-events: none; }
.message { place-self: center; width: auto; height: auto; max-width: 90%; padding: 8px 12px; border-radius: 6px; background: rgba(0, 0, 0, 0.8); white-space: pre-wrap; overflow-wrap: anywhere; }
.bar { position: absolute; inset: auto 0 0; display: flex; align-items: center; gap: 4px; padding: 18px 8px 6px; background: linear-gradient(transparent, rgba(0, 0, 0, 0.75)); transition: opacity 0.2s; }
.bar.idle { opacity: 0; }
.bar:focus-within { opacity: 1; }
button { display: grid; place-items: center; width: 36px; height: 36px; padding: 0; border: 0; border-radius: 6px; background: none; color: inherit; cursor: pointer; }
button:hover { background: rgba(255, 255, 255, 0.18); }
svg { width: 22px; height: 22px; fill: currentColor; }
input { height: 24px; margin: 0; accent-color: var(--kinora-accent, #8c7dff); cursor: pointer; }
.position { flex: 1; min-width: 40px; }
.volume { width: 64px; }
.time { font-variant-numeric: tabular-nums; white-space: nowrap; padding: 0 6px; }
:focus-visible { outline: 2px solid var(--kinora-accent, #8c7dff); outline-offset: 1px; }
@container (max-width: 340px) { .volume { display: none; } }
@media (prefers-reduced-motion: reduce) { .bar { transition: none; } }
`;

/** The outlines of the buttons' signs, in a square of 24. */
export const SIGNS = {
  play: 'M7 4v16l13-8z',
  pause: 'M6 4h4v16H6zM14 4h4v16h-4z',
  sound: 'M4 9v6h4l5 5V4L8 9zm12-1.5v9a5 5 0 0 0 0-9z',
  silence: 'M4 9v6h4l5 5V4L8 9zm11.5.9L17.600 12l-2.100 2.100 1.400 1.400L19 13.400l2.100 2.100 1.400-1.400L20.400 12l2.100-2.100-1.400-1.400L19 10.600l-2.100-2.100z',
  full: 'M4 9V4h5v2H6v3zm11-5h5v5h-2V6h-3zM4 15h2v3h3v2H4zm14 0h2v5h-5v-2h3z',
};
