/** A font as a canvas takes it. */
export interface CanvasFont {
  /** As it is read back. */
  readonly text: string;
  /** Pixels. */
  readonly size: number;
  readonly weight: number;
  readonly italic: boolean;
  readonly family: string;
}

const WEIGHTS: Record<string, number> = {normal: 400, bold: 700, bolder: 700, lighter: 100};
/** Pixels of one unit; those of the font are of its initial size. */
const UNITS: Record<string, number> = {px: 1, pt: 4 / 3, pc: 16, in: 96, cm: 96 / 2.54, mm: 9.6 / 2.54, q: 2.4 / 2.54};
const OF_FONT: Record<string, number> = {em: 1, rem: 1.6, ex: 0.5, ch: 0.5, '%': 0.01};
const SIZES: Record<string, number> = {
  'xx-small': 9,
  'x-small': 10,
  small: 13,
  medium: 16,
  large: 18,
  'x-large': 24,
  'xx-large': 32,
};
const STRETCHES = /^(?:(?:ultra|extra|semi)-)?(?:condensed|expanded)$/;
const SIZE = /^([+]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(px|pt|pc|in|cm|mm|q|em|rem|ex|ch|%)(?:\/(\S+))?$/i;

export const DEFAULT_FONT: CanvasFont = {
  text: '10px sans-serif',
  size: 10,
  weight: 400,
  italic: false,
  family: 'sans-serif',
};

const known = new Map<string, CanvasFont | null>();
const MOST_KNOWN = 1024;

/** A font from CSS's shorthand; null if it is none. */
export function canvasFont(css: string): CanvasFont | null {
  let font = known.get(css);
  if (font === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    font = read(css);
    known.set(css, font);
  }
  return font;
}

function read(css: string): CanvasFont | null {
  let rest = css.trim().replace(/\s*\/\s*/, '/');
  let weight = 400;
  let italic = false;
  let variant = '';
  for (;;) {
    const word = /^\S+/.exec(rest)?.[0];
    if (word === undefined) return null;
    const lower = word.toLowerCase();
    const size = sizeOf(lower);
    rest = rest.slice(word.length).trim();
    if (size !== null) {
      if (!isFamily(rest)) return null;
      const style = `${italic ? 'italic ' : ''}${variant}${weight === 400 ? '' : `${weight === 700 ? 'bold' : weight} `}`;
      return {text: `${style}${size}px ${rest}`, size, weight, italic, family: rest};
    }
    if (lower === 'italic' || lower === 'oblique') italic = true;
    else if (lower in WEIGHTS) weight = lower === 'normal' ? weight : WEIGHTS[lower];
    else if (/^\d+(\.\d+)?$/.test(lower) && Number(lower) >= 1 && Number(lower) <= 1000) weight = Number(lower);
    else if (lower === 'small-caps') variant = 'small-caps ';
    else if (!STRETCHES.test(lower)) return null;
  }
}

function sizeOf(word: string): number | null {
  const keyword = SIZES[word.split('/')[0]];
  if (keyword !== undefined) return keyword;
  const match = SIZE.exec(word);
  if (match === null) return null;
  const unit = match[2].toLowerCase();
  return Number(match[1]) * (UNITS[unit] ?? OF_FONT[unit] * DEFAULT_FONT.size);
}

/** Whether this is a list of families. */
function isFamily(list: string): boolean {
  return list.split(',').every(name => /^\s*(?:"[^"]+"|'[^']+'|[^\s"';{}()!0-9][^"';{}()!]*)\s*$/.test(name));
}

/** Pixels of a CSS length; null if it is none. */
export function pixels(length: string): number | null {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+))(px|pt|pc|in|cm|mm|q|em|rem|ex|ch)?\s*$/i.exec(length);
  if (match === null) return null;
  if (match[2] === undefined) return Number(match[1]) === 0 ? 0 : null;
  const unit = match[2].toLowerCase();
  return Number(match[1]) * (UNITS[unit] ?? OF_FONT[unit] * 16);
}
