import {type CodeHighlighter, type HighlightResult} from '@revideo/2d';

/** A highlighter of this folder's own: words, numbers, quoted texts and comments. */
export class Tokens implements CodeHighlighter<string> {
  public initialize(): boolean {
    return true;
  }

  public prepare(code: string): string {
    return code;
  }

  public highlight(index: number, code: string): HighlightResult {
    const rest = code.slice(index);
    for (const [color, expression] of COLORS) {
      const found = expression.exec(rest);
      if (found !== null) return {color, skipAhead: found[0].length};
    }
    return {color: null, skipAhead: 1};
  }

  public tokenize(code: string): string[] {
    return code.match(/\w+|\s|[^]/g) ?? [];
  }
}

const COLORS: [string, RegExp][] = [
  ['#707070', /^\/\/.*/],
  ['#b05000', /^(?:const|function|return)\b/],
  ['#007040', /^'[^']*'/],
  ['#0050d0', /^\d+/],
  ['#a00080', /^\w+/],
];
