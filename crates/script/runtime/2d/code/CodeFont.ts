import {measureCode} from './fragment';
import type {CodeMetrics} from './fragment';

/** The text style of a node, as it was set or handed down. */
export interface CodeStyle {
  fontFamily: unknown;
  fontSize: unknown;
  fontStyle: unknown;
  fontWeight: unknown;
  letterSpacing: unknown;
}

/** How many texts a font remembers the room of. */
const MOST = 20_000;
const PRINTABLE = Array.from({length: 95}, (_, index) => String.fromCharCode(32 + index));
const SIMPLE = /^[ -~]*$/;

const known = new Map<string, CodeFont>();

/** The font of a text style; asked from the host once per style. */
export function codeFont(style: CodeStyle): CodeFont {
  const entries = Object.entries(style).flat();
  const name = JSON.stringify(entries);
  let font = known.get(name);
  if (font === undefined) {
    // A tween of the size comes by as many as it has frames.
    if (known.size > 100) known.clear();
    font = new CodeFont(entries);
    known.set(name, font);
  }
  return font;
}

/** A font in which code is set: columns as wide as an X. */
export class CodeFont {
  /** Width of a column in pixels. */
  public readonly mono: number;
  /** Pixels from the top of the font to the baseline. */
  public readonly ascent: number;
  /** Pixels from the baseline to the bottom of the font. */
  public readonly descent: number;
  /** Pixels from the top of the em box to the baseline. */
  public readonly emAscent: number;
  /** Height of a line where nobody says it. */
  public readonly line: number;
  /** Whether all printable characters of ASCII are one column wide. */
  private readonly isMonospaced: boolean;
  /** Pixels that texts are wide. */
  private readonly widthOf = new Map<string, number>();
  private metricsOf = new Map<string, CodeMetrics>();

  public constructor(private readonly style: unknown[]) {
    const measured = __kinora.measureTexts([...style, 'lineHeight', 'normal'], PRINTABLE.join('\n'));
    [this.ascent, this.descent, this.emAscent, this.line] = measured;
    const widths = measured.slice(4);
    this.mono = widths[PRINTABLE.indexOf('X')];
    for (let index = 0; index < widths.length; index++) this.widthOf.set(PRINTABLE[index], widths[index]);
    this.isMonospaced = widths.every(width => Math.abs(width - this.mono) < 1e-3);
  }

  /** How many columns a text on one line takes. */
  public columns(text: string): number {
    if (this.isMonospaced && SIMPLE.test(text)) return text.length;
    return this.mono > 0 ? Math.round(this.width(text) / this.mono) : text.length;
  }

  /** How many pixels wide a text on one line is. */
  public width(text: string): number {
    if (text === '') return 0;
    if (this.isMonospaced && SIMPLE.test(text)) return text.length * this.mono;
    let width = this.widthOf.get(text);
    if (width === undefined) {
      if (this.widthOf.size > MOST) this.widthOf.clear();
      [, , , , width] = __kinora.measureTexts(this.style, text.replaceAll('\n', ' ').toWellFormed());
      this.widthOf.set(text, width);
    }
    return width;
  }

  /** The room that a text takes. */
  public readonly measure = (text: string): CodeMetrics => {
    let metrics = this.metricsOf.get(text);
    if (metrics === undefined) {
      if (this.metricsOf.size > MOST) this.metricsOf.clear();
      metrics = measureCode(text, line => this.columns(line));
      this.metricsOf.set(text, metrics);
    }
    return metrics;
  };

  /** The height of a line in pixels, from a line height as it is set or handed down. */
  public lineHeight(height: unknown, fontSize: number): number {
    if (typeof height === 'number') return height;
    const number = parseFloat(String(height));
    if (Number.isNaN(number)) return this.line;
    return String(height).trim().endsWith('%') ? (number / 100) * fontSize : number;
  }
}
