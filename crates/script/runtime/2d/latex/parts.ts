/** A formula's parts: texts are cut at `{{…}}`, and blanks alone are no part. */
export function readParts(tex: string | string[]): string[] {
  const texts = Array.isArray(tex) ? tex : [tex];
  return texts
    .flatMap(text => text.split(/\{\{(.*?)\}\}/s))
    .map(text => text.trim())
    .filter(text => text !== '');
}

/**
 * A part of a formula as one that stands alone, made of as many signs: only for counting them.
 */
export function alone(part: string): string {
  let tex = part.trim();
  if (/(_|\^|dot|\\overline|\\sqrt\{?)$/.test(tex)) tex += '{\\quad}';
  if (tex === '\\substack') tex = '\\quad';
  if (count(tex, /\\left(?![a-zA-Z])/g) !== count(tex, /\\right(?![a-zA-Z])/g)) {
    tex = tex.replace(/\\(left|right)(?![a-zA-Z])/g, '\\big');
  }
  const missing = count(tex, BRACE('{')) - count(tex, BRACE('}'));
  tex = '{'.repeat(Math.max(0, -missing)) + tex + '}'.repeat(Math.max(0, missing));
  return tex.includes('\\begin{array}') === tex.includes('\\end{array}') ? tex : '';
}

/** A brace that is not a sign itself. */
const BRACE = (brace: string) => new RegExp(`(?<!\\\\)(?:\\\\\\\\)*\\${brace}`, 'g');

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}
