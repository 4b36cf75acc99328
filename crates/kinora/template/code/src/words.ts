import type {CodeHighlighter} from '@revideo/2d';

/** What is coloured, the first that matches; and in which colour. */
const RULES: [RegExp, string][] = [
  [/\/\/.*/y, '#7f8aa8'],
  [/'[^'\n]*'|"[^"\n]*"|`[^`]*`/y, '#a5d6a7'],
  [/\b(?:async|await|break|case|const|else|export|for|from|function|if|import|let|new|return|while|yield)\b/y, '#c792ea'],
  [/\b\d+(?:\.\d+)?\b/y, '#f78c6c'],
  [/\b[A-Za-z_]\w*(?=\()/y, '#82aaff'],
];

/** The places of a code at which something coloured begins. */
type Places = Map<number, {color: string; length: number}>;

/**
 * Colours by words alone, for any language that looks like JavaScript. For more, install
 * `@lezer/javascript` and take `new LezerHighlighter(parser)`.
 */
export const words: CodeHighlighter<Places> = {
  initialize: () => true,
  prepare(code) {
    const places: Places = new Map();
    for (let at = 0; at < code.length; ) {
      let length = 1;
      for (const [rule, color] of RULES) {
        rule.lastIndex = at;
        const found = rule.exec(code);
        if (found) {
          length = found[0].length;
          places.set(at, {color, length});
          break;
        }
      }
      at += length;
    }
    return places;
  },
  highlight(index, places) {
    const place = places.get(index);
    return place ? {color: place.color, skipAhead: place.length} : {color: null, skipAhead: 1};
  },
  tokenize: code => code.match(/\w+|\s+|[^\w\s]/g) ?? [],
};
