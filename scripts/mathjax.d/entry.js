// What of MathJax is bundled, and how formulas are set with it: as the reference does it. Its sources are
// taken, and not the script that was made of them for old browsers: native classes and loops are twice as fast.
import {liteAdaptor} from 'mathjax-full/ts/adaptors/liteAdaptor.ts';
import {RegisterHTMLHandler} from 'mathjax-full/ts/handlers/html.ts';
import {TeX} from 'mathjax-full/ts/input/tex.ts';
import {AllPackages} from 'mathjax-full/ts/input/tex/AllPackages.ts';
import {mathjax} from 'mathjax-full/ts/mathjax.ts';
import {SVG} from 'mathjax-full/ts/output/svg.ts';
import {PrioritizedList} from 'mathjax-full/ts/util/PrioritizedList.ts';

// Every character is looked up in such lists; an array is walked through faster by itself.
PrioritizedList.prototype[Symbol.iterator] = function () {
  return this.items[Symbol.iterator]();
};

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
