/** How the shapes of a document are painted: what their elements say, or those around them. */
export interface SvgStyle {
  /** A colour, or the gradient that paints: `url(#id)`. */
  fill?: string;
  stroke?: string;
  lineWidth?: number;
  lineCap?: string;
  lineJoin?: string;
  lineDash?: number[];
  lineDashOffset?: number;
  opacity?: number;
}

/** What is said of an element: its name in messages, and whom to tell of what is not drawn. */
export interface SvgRemarks {
  warn(message: string): void;
}

type Attributes = Record<string, string | undefined>;

/** The style of an element within one of `around`. */
export function readStyle(attributes: Attributes, around: SvgStyle, remarks: SvgRemarks): SvgStyle {
  const style = {...around};
  const {fill, stroke} = attributes;
  if (fill !== undefined) style.fill = fill.trim();
  if (stroke !== undefined) style.stroke = stroke.trim();
  const width = number(attributes['stroke-width']);
  if (width !== undefined) style.lineWidth = width;
  style.lineCap = keyword(attributes, 'stroke-linecap', ['butt', 'round', 'square'], remarks) ?? style.lineCap;
  style.lineJoin = keyword(attributes, 'stroke-linejoin', ['miter', 'round', 'bevel'], remarks) ?? style.lineJoin;
  const dash = attributes['stroke-dasharray'];
  if (dash !== undefined) style.lineDash = lengths(dash, remarks);
  const offset = attributes['stroke-dashoffset'];
  if (offset !== undefined) style.lineDashOffset = lengths(offset, remarks)[0] ?? 0;
  const {opacity} = attributes;
  const part = number(opacity);
  if (part !== undefined) style.opacity = opacity!.trim().endsWith('%') ? part / 100 : part;
  return style;
}

/** A number, whatever stands behind it; nothing if none is there. */
export function number(text: string | undefined): number | undefined {
  const value = parseFloat(text ?? '');
  return Number.isFinite(value) ? value : undefined;
}

function keyword(attributes: Attributes, name: string, known: string[], remarks: SvgRemarks): string | undefined {
  const value = attributes[name]?.trim();
  if (value === undefined || known.includes(value)) return value;
  remarks.warn(`\`${name}\` \`${value}\` is not known; it takes ${known.join(', ')}`);
  return undefined;
}

function lengths(text: string, remarks: SvgRemarks): number[] {
  if (text.trim() === 'none') return [];
  if (text.includes('%')) remarks.warn(`\`${text}\`: percentages are not known here`);
  return text
    .split(/[\s,]+/)
    .map(parseFloat)
    .filter(Number.isFinite);
}
