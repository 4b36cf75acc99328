import {patienceDiff} from './patienceDiff';
import type {CodeTag} from './scope';

/** Cuts code into the pieces that stay together in a change. */
export type CodeTokenizer = (code: string) => string[];

/** Finds out how code becomes other code. */
export type CodeDiffer = (before: string, after: string, tokenize?: CodeTokenizer) => CodeTag[];

/** White space, single brackets, and what lies between those. */
export function defaultTokenize(code: string): string[] {
  return code.match(/\s+|[()[\]{}]|[^\s()[\]{}]+/g) ?? [];
}

/** The tokens that stay, and between them what goes with what comes in its place. */
export function defaultDiffer(
  before: string,
  after: string,
  tokenize: CodeTokenizer = defaultTokenize,
): CodeTag[] {
  const tags: CodeTag[] = [];
  let change = {before: '', after: ''};
  const endChange = () => {
    if (change.before === '' && change.after === '') return;
    tags.push(change);
    change = {before: '', after: ''};
  };
  for (const {line, aIndex, bIndex} of patienceDiff(tokenize(before), tokenize(after)).lines) {
    if (aIndex < 0) {
      change.after += line;
    } else if (bIndex < 0) {
      change.before += line;
    } else {
      endChange();
      tags.push(line);
    }
  }
  endChange();
  return tags;
}
