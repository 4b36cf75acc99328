import {tagName} from './lezer';
import type {LezerStyle, LezerTag} from './lezer';

/** Colours and the tags that have them. Of a tag that is there twice the last counts. */
const COLORS: readonly [color: string, tags: string][] = [
  ['5e81ac', 'keyword'],
  ['88c0d0', 'name deleted character propertyName macroName'],
  ['8fbcbb', 'variableName function(variableName)'],
  ['81a1c1', 'labelName'],
  ['5e81ac', 'color constant(name) standard(name)'],
  ['a3be8c', 'definition(name) separator'],
  ['8fbcbb', 'brace'],
  ['b48ead', 'number changed annotation modifier self namespace'],
  ['eceff4', 'typeName className'],
  ['a3be8c', 'operator operatorKeyword'],
  ['b48ead', 'tagName'],
  ['eceff4', 'squareBracket angleBracket attributeName'],
  ['5e81ac', 'regexp'],
  ['b48ead', 'quote'],
  ['a3be8c', 'string link'],
  ['8fbcbb', 'url escape special(string)'],
  ['88c0d0', 'meta'],
  ['d8dee9', 'monospace'],
  ['4c566a', 'comment'],
  ['5e81ac', 'strong emphasis heading heading1 heading2 heading3 heading4 heading5 heading6 special(heading1)'],
  ['d08770', 'atom bool special(variableName)'],
  ['8fbcbb', 'processingInstruction inserted'],
  ['ebcb8b', 'contentSeparator'],
  ['434c5e', 'invalid'],
];

let classes: Map<string, string> | undefined;

/** The colours that code has where nobody gives others. */
export const DefaultHighlightStyle: LezerStyle = {
  style(tags: readonly LezerTag[]): string | null {
    classes ??= new Map(COLORS.flatMap(([color, names]) => names.split(' ').map(name => [name, `c${color}`])));
    const found: string[] = [];
    for (const tag of tags) {
      for (const candidate of tag.set) {
        const name = classes.get(tagName(candidate));
        if (name === undefined) continue;
        if (!found.includes(name)) found.push(name);
        break;
      }
    }
    return found.length === 0 ? null : found.join(' ');
  },
  module: {
    getRules: () => COLORS.map(([color]) => `.c${color} {color: #${color}}`).join('\n'),
  },
};
