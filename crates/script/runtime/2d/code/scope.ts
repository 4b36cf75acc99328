import {isReactive, unwrap} from '@revideo/core';
import type {SignalValue} from '@revideo/core';
import {fragmentText} from './fragment';
import type {PossibleCodeFragment, RawCodeFragment} from './fragment';
import {shownValue} from './shownValue';

/** Code and how far its changes are, from 0 to 1. */
export interface CodeScope {
  progress: SignalValue<number>;
  fragments: CodeTag[];
}

/** What code is made of. */
export type CodeTag = SignalValue<PossibleCodeFragment | CodeScope | CodeTag[]>;

/** What is accepted as code. */
export type PossibleCodeScope = CodeScope | CodeTag[] | string;

/** Whether a value is code with its progress. */
export function isCodeScope(value: unknown): value is CodeScope {
  return Array.isArray((value as CodeScope | null)?.fragments);
}

/**
 * Code from what a user gave.
 *
 * @throws an error that says what code is made of.
 */
export function parseCodeScope(value: PossibleCodeScope): CodeScope {
  if (typeof value === 'string') return {progress: 0, fragments: [value]};
  if (Array.isArray(value)) return {progress: 0, fragments: value};
  if (isCodeScope(value)) return value;
  throw new Error(`code is a text or what \`CODE\` gives; it cannot be ${shownValue(value)}`);
}

/** The text of code before or after its changes; a function says it for each scope. */
export function resolveScope(scope: CodeScope, isAfter: boolean | ((scope: CodeScope) => boolean)): string {
  const after = typeof isAfter === 'boolean' ? isAfter : isAfter(scope);
  let code = '';
  for (const tag of scope.fragments) code += resolveCodeTag(tag, after, isAfter);
  return code;
}

/** The text of one part of code before or after its changes; scopes in it may be told otherwise. */
export function resolveCodeTag(
  wrapped: CodeTag,
  after: boolean,
  isAfter: boolean | ((scope: CodeScope) => boolean) = after,
): string {
  const tag = unwrap(wrapped) as PossibleCodeFragment | CodeScope | CodeTag[];
  if (typeof tag === 'string') return tag;
  if (Array.isArray(tag)) return tag.map(part => resolveCodeTag(part, after, isAfter)).join('');
  if (isCodeScope(tag)) return resolveScope(tag, isAfter);
  return fragmentText(written(tag), after);
}

/** Numbers are written as they are printed. */
export function written(tag: unknown): unknown {
  return typeof tag === 'number' ? String(tag) : tag;
}

/** Code from a template: texts with signals, other code, and changes in it. */
export function CODE(strings: TemplateStringsArray, ...tags: CodeTag[]): CodeTag[] {
  const code: CodeTag[] = [];
  for (let index = 0; index < strings.length; index++) {
    if (strings[index] !== '') code.push(strings[index]);
    const tag = tags[index];
    if (tag === undefined) continue;
    if (Array.isArray(tag)) code.push(...(tag as CodeTag[]));
    else code.push(written(tag) as CodeTag);
  }
  return code;
}

/** Code that a change puts in. */
export function insert(code: string): RawCodeFragment {
  return {before: '', after: textOf('insert', code)};
}

/** Code that a change puts in the place of other code. */
export function replace(before: string, after: string): RawCodeFragment {
  return {before: textOf('replace', before), after: textOf('replace', after)};
}

/** Code that a change takes out. */
export function remove(code: string): RawCodeFragment {
  return {before: textOf('remove', code), after: ''};
}

function textOf(name: string, code: unknown): string {
  const text = written(code);
  if (typeof text === 'string') return text;
  if (Array.isArray(text) || isCodeScope(text) || isReactive(text)) return resolveCodeTag(text as CodeTag, true);
  throw new Error(`\`${name}\` takes code as a text, and not ${shownValue(code)}`);
}
