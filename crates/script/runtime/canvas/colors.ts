import {parseColor} from '../core/types/colorParser';

/** A colour's channels, 0–1, and how a canvas writes it. */
export interface CanvasColor {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
  readonly text: string;
}

const known = new Map<string, CanvasColor | null>();
const MOST_KNOWN = 4096;

/** A colour from CSS; null if it is none. */
export function canvasColor(css: string): CanvasColor | null {
  let color = known.get(css);
  if (color === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    color = read(css.trim());
    known.set(css, color);
  }
  return color;
}

function read(css: string): CanvasColor | null {
  // Hex digits are a colour only behind their sign.
  if (/^[0-9a-f]+$/i.test(css)) return null;
  const found = css.toLowerCase() === 'currentcolor' ? [0, 0, 0, 1] : parseColor(css);
  if (found === null) return null;
  const [r, g, b, a] = found.map(channel => Math.min(1, Math.max(0, channel)));
  const bytes = [r, g, b].map(channel => Math.round(channel * 255));
  const text =
    a >= 1
      ? `#${bytes.map(byte => byte.toString(16).padStart(2, '0')).join('')}`
      : `rgba(${bytes.join(', ')}, ${Number(a.toFixed(3))})`;
  return {r, g, b, a, text};
}
