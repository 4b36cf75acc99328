/** A formula as the text of an SVG file. */
export interface Formula {
  svg: string;
  /** What is wrong with it, and where. */
  fault: string | null;
}

/** What MathJax gives. */
interface MathJax {
  typeset(
    tex: string,
    options: Record<string, unknown>,
  ): {svg: string; fault: {message: string; text: string; index: number} | null};
}

let mathjax: MathJax | null = null;
const known = new Map<string, Formula>();

/** Sets a formula; each is set once. MathJax is loaded for the first. */
export function typeset(tex: string, options: Record<string, unknown>): Formula {
  const name = `${tex}\n${JSON.stringify(options)}`;
  let formula = known.get(name);
  if (formula === undefined) {
    mathjax ??= __kinora.library('mathjax/mathjax') as MathJax;
    const {svg, fault} = mathjax.typeset(tex, {...options});
    formula = {svg, fault: fault === null ? null : `${fault.message}${place(tex, fault)}`};
    known.set(name, formula);
  }
  return formula;
}

/** Where in a formula its reader stopped, which may be in a part of it. */
function place(tex: string, {text, index}: {text: string; index: number}): string {
  const start = tex.indexOf(text);
  const at = (start < 0 ? 0 : start) + Math.min(index, text.length);
  const before = tex.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  const shown = start < 0 ? text : tex;
  const around = shown.slice(Math.max(0, at - 20), at + 10).trim();
  const where = tex.includes('\n') ? `line ${line}, column ${column}` : `column ${column}`;
  return text === '' ? '' : `, at ${where}: \`${around}\``;
}
