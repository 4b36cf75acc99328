// What of MathJax is bundled, and how formulas are set with it: as the reference does it.
import {liteAdaptor} from 'mathjax-full/js/adaptors/liteAdaptor.js';
import {RegisterHTMLHandler} from 'mathjax-full/js/handlers/html.js';
import {TeX} from 'mathjax-full/js/input/tex.js';
import {AllPackages} from 'mathjax-full/js/input/tex/AllPackages.js';
import {mathjax} from 'mathjax-full/js/mathjax.js';
import {SVG} from 'mathjax-full/js/output/svg.js';

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);

let fault = null;
const input = new TeX({
  packages: AllPackages,
  formatError(jax, error) {
    const parser = jax.parseOptions.parser;
    fault = {message: error.message, text: parser?.string ?? '', index: parser?.i ?? 0};
    return jax.formatError(error);
  },
});
const page = mathjax.document('', {InputJax: input, OutputJax: new SVG({fontCache: 'local'})});

/**
 * A formula as the text of an SVG file, and what is wrong with it: in which part of it, and how far in
 * that part the reader came.
 */
export function typeset(tex, options) {
  fault = null;
  const svg = adaptor.innerHTML(page.convert(tex, options));
  return {svg, fault};
}
