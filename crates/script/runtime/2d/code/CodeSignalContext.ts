import {SignalContext, createSignal, easeInOutCubic, unwrap} from '@revideo/core';
import type {
  InterpolationFunction,
  Signal,
  SignalValue,
  SimpleSignal,
  ThreadGenerator,
  TimingFunction,
} from '@revideo/core';
import {getPropertyMetaOrCreate} from '../decorators/metadata';
import {signal} from '../decorators/signal';
import {defaultDiffer, defaultTokenize} from './differ';
import {extractRange} from './extractRange';
import type {CodeHighlighter} from './highlighter';
import type {CodePoint, CodeRange} from './range';
import {parseCodePoint, parseCodeRange} from './range';
import {CODE, insert, isCodeScope, parseCodeScope, resolveCodeTag, resolveScope} from './scope';
import type {CodeScope, CodeTag, PossibleCodeScope} from './scope';

/** Writes code in a template, as a task that takes its time. */
export type CodeTemplate = (strings: TemplateStringsArray, ...tags: CodeTag[]) => ThreadGenerator;

/** What a signal of code can do besides being read and set. */
export interface CodeEdits<TOwner> {
  /** Shows the changes that a template holds. */
  edit(duration?: number): CodeTemplate;
  edit(strings: TemplateStringsArray, ...tags: CodeTag[]): ThreadGenerator;
  /** Adds code at the end. */
  append(duration?: number): CodeTemplate;
  append(strings: TemplateStringsArray, ...tags: CodeTag[]): ThreadGenerator;
  append(code: CodeTag): TOwner;
  append(code: CodeTag, duration: number, timing?: TimingFunction): ThreadGenerator;
  /** Adds code at the beginning. */
  prepend(duration?: number): CodeTemplate;
  prepend(strings: TemplateStringsArray, ...tags: CodeTag[]): ThreadGenerator;
  prepend(code: CodeTag): TOwner;
  prepend(code: CodeTag, duration: number, timing?: TimingFunction): ThreadGenerator;
  /** Puts code in. */
  insert(point: CodePoint, duration?: number): CodeTemplate;
  insert(point: CodePoint, code: CodeTag): TOwner;
  insert(point: CodePoint, code: CodeTag, duration: number, timing?: TimingFunction): ThreadGenerator;
  /** Takes code out. */
  remove(range: CodeRange): TOwner;
  remove(range: CodeRange, duration: number, timing?: TimingFunction): ThreadGenerator;
  /** Puts code in the place of other code. */
  replace(range: CodeRange, duration?: number): CodeTemplate;
  replace(range: CodeRange, code: CodeTag): TOwner;
  replace(range: CodeRange, code: CodeTag, duration: number, timing?: TimingFunction): ThreadGenerator;
}

/** Code that can be edited in time. */
export type CodeSignal<TOwner = void> = Signal<PossibleCodeScope, CodeScope, TOwner, CodeSignalContext<TOwner>> &
  CodeEdits<TOwner>;

/** How long edits take that do not say it, in seconds. */
const DURATION = 0.6;

/** Holds code. */
export class CodeSignalContext<TOwner = void>
  extends SignalContext<PossibleCodeScope, CodeScope, TOwner>
  implements CodeEdits<TOwner>
{
  public constructor(
    initial: SignalValue<PossibleCodeScope>,
    owner: TOwner,
    /** Cuts the code that tweens compare. */
    private readonly highlighter: SignalValue<CodeHighlighter | null> | undefined = undefined,
  ) {
    super(initial, undefined, owner, parseCodeScope);
  }

  public override toSignal(): CodeSignal<TOwner> {
    const callable = super.toSignal() as CodeSignal<TOwner>;
    const methods = callable as unknown as Record<string, unknown>;
    for (const name of ['edit', 'append', 'prepend', 'insert', 'remove', 'replace'] as const) {
      methods[name] = (...parameters: unknown[]) => (this[name] as (...all: unknown[]) => unknown)(...parameters);
    }
    return callable;
  }

  public edit(...parameters: any[]): any {
    const show = (code: CodeTag[], duration: number) => this.changeAll(code, duration);
    if (isTemplate(parameters[0])) return show(CODE(parameters[0], ...parameters.slice(1)), DURATION);
    const duration = seconds('edit', parameters[0]);
    return (strings: TemplateStringsArray, ...tags: CodeTag[]) => show(CODE(strings, ...tags), duration);
  }

  public append(...parameters: any[]): any {
    return this.add('append', parameters, (scope, tag) => ({...scope, fragments: [...scope.fragments, tag]}));
  }

  public prepend(...parameters: any[]): any {
    return this.add('prepend', parameters, (scope, tag) => ({...scope, fragments: [tag, ...scope.fragments]}));
  }

  public insert(point: CodePoint, ...parameters: any[]): any {
    const {0: line, 1: column} = parseCodePoint(point);
    const range: CodeRange = [[line, column], [line, column]];
    return this.exchange('insert', range, parameters);
  }

  public remove(range: CodeRange, duration?: number, timing?: TimingFunction): any {
    return this.exchange('remove', range, duration === undefined ? [''] : ['', duration, timing]);
  }

  public replace(range: CodeRange, ...parameters: any[]): any {
    return this.exchange('replace', range, parameters);
  }

  public override *tweener(
    value: any,
    duration: number,
    timing: TimingFunction,
    _interpolation: InterpolationFunction<CodeScope>,
  ): ThreadGenerator {
    const highlighter = unwrap(this.highlighter);
    const isReady = highlighter?.initialize() ?? false;
    const tokenize = highlighter && isReady ? (code: string) => highlighter.tokenize(code) : defaultTokenize;
    const progress = createSignal(0);
    const before = resolveScope(this.get(), false);
    const after = resolveScope(this.parse(unwrap(value)), true);
    this.set({progress, fragments: defaultDiffer(before, after, tokenize)});
    yield* progress(1, duration, timing);
    this.set(value);
  }

  /** Adds code at once, or as a change of its own. */
  private add(name: string, parameters: any[], join: (scope: CodeScope, tag: CodeTag) => CodeScope): any {
    const change = (code: CodeTag, duration: number, timing?: TimingFunction) =>
      this.change(() => {
        const scope = {progress: createSignal(0), fragments: [insert(resolveCodeTag(code, true))]};
        return [join(this.get(), scope), scope];
      }, duration, timing);
    const [first, duration, timing] = parameters;
    if (isTemplate(first)) return change(CODE(first, ...parameters.slice(1)), DURATION);
    if (first === undefined || typeof first === 'number') {
      const time = seconds(name, first);
      return (strings: TemplateStringsArray, ...tags: CodeTag[]) => change(CODE(strings, ...tags), time);
    }
    if (duration === undefined) return this.set(join(this.get(), first));
    return change(first, seconds(name, duration), timing);
  }

  /** Puts code in the place of a range at once, or as a change of its own. */
  private exchange(name: string, range: CodeRange, [first, duration, timing]: any[]): any {
    const checked = parseCodeRange(range);
    const change = (code: CodeTag, time: number, curve?: TimingFunction) =>
      this.change(() => {
        const scope = this.get();
        const [fragments, index] = extractRange(checked, scope.fragments);
        const pair = {before: fragments[index] as string, after: resolveCodeTag(code, true)};
        const part: ChangingScope = {progress: createSignal(0), fragments: [pair]};
        fragments[index] = part;
        return [{...scope, fragments}, part];
      }, time, curve);
    if (first === undefined || typeof first === 'number') {
      const time = seconds(name, first);
      return (strings: TemplateStringsArray, ...tags: CodeTag[]) => change(CODE(strings, ...tags), time);
    }
    if (duration !== undefined) return change(first, seconds(name, duration), timing);
    const scope = this.get();
    const [fragments, index] = extractRange(checked, scope.fragments);
    fragments[index] = first;
    return this.set({...scope, fragments});
  }

  /** Lets a part of the code change, then leaves what it became; other parts may change meanwhile. */
  private *change(
    begin: () => [whole: CodeScope, part: ChangingScope],
    duration: number,
    timing: TimingFunction = easeInOutCubic,
  ): ThreadGenerator {
    const [whole, part] = begin();
    this.set(whole);
    yield* part.progress(1, duration, timing);
    const now = this.get();
    this.set({...now, fragments: settled(now.fragments, part)});
  }

  private *changeAll(fragments: CodeTag[], duration: number): ThreadGenerator {
    const progress = createSignal(0);
    this.set({progress, fragments});
    yield* progress(1, duration);
    this.set({progress: 0, fragments: this.get().fragments.map(tag => resolveCodeTag(tag, true))});
  }
}

/** A scope whose progress a task moves. */
interface ChangingScope extends CodeScope {
  progress: SimpleSignal<number>;
}

/** Tags with the scope that has changed made a text. */
function settled(tags: CodeTag[], scope: CodeScope): CodeTag[] {
  return tags.map(tag => {
    if (Array.isArray(tag)) return settled(tag as CodeTag[], scope);
    if (!isCodeScope(tag)) return tag;
    // Each change has a progress of its own, by which it is told even in a copy.
    if (tag.progress === scope.progress) return resolveScope(scope, true);
    return {...tag, fragments: settled(tag.fragments, scope)};
  });
}

function isTemplate(value: unknown): value is TemplateStringsArray {
  return Array.isArray(value) && Array.isArray((value as unknown as TemplateStringsArray).raw);
}

function seconds(name: string, value: unknown): number {
  if (value === undefined) return DURATION;
  if (typeof value === 'number' && value >= 0) return value;
  throw new Error(`\`${name}\` takes its time in seconds, a number of 0 or more, and not ${String(value)}`);
}

/** A property that holds code. */
export function codeSignal(): PropertyDecorator {
  return (target, key) => {
    signal()(target, key);
    const meta = getPropertyMetaOrCreate<PossibleCodeScope>(target, key);
    meta.default = '';
    meta.create = (instance, {default: initial}) =>
      new CodeSignalContext<any>((initial as PossibleCodeScope | undefined) ?? '', instance).toSignal();
  };
}
