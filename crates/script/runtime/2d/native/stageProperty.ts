import type {SignalContext} from '@revideo/core';
import {encodeColor, encodeStyle} from './encode';

/** How one property of a node class reaches the stage. */
export interface StageProperty {
  /** The stage's names of what is written; usually one. */
  names: readonly string[];
  /** Whether a change may move or resize boxes. */
  layout: boolean;
  /** Whether the stage has a value of its own for an unset property (inherited or default). */
  unset: boolean;
  /** Whether an initial value means the stage's default; it does unless this says otherwise. */
  isDefault?(node: any): boolean;
  /** What is written, one value per name; reads the signals it depends on. */
  read(node: any): readonly unknown[];
  /** The signals that the only value is made of and nothing else, where their raw values are enough. */
  direct?: Direct;
}

/** How a value is made of signals whose owner reads and sets them as they are. */
export interface Direct {
  /** The contexts of the signals. */
  contexts(node: any): SignalContext<any, any, any>[];
  /** The value as the stage takes it, of one signal; undefined where this way does not do. */
  encode?(value: any): unknown;
  /** Whether the value may be a colour. */
  isColor?: boolean;
  /** Whether the stage wants what is stored, whatever reading it yields. */
  isRaw?: boolean;
}

/** A property of one value, read by `read`. */
export function one(name: string, layout: boolean, read: (node: any) => unknown): StageProperty {
  return {names: [name], layout, unset: false, read: node => [read(node)]};
}

/** A property that the stage takes as it is read. */
export function value(name: string, layout = false, key = name): StageProperty {
  const property = one(name, layout, node => node[key]());
  return layout ? property : {...property, direct: {contexts: node => [node[key].context]}};
}

/** A switch: on for whatever is true to JavaScript. */
export function flag(name: string): StageProperty {
  return one(name, false, node => Boolean(node[name]()));
}

/** A word of CSS, whose case does not count. */
export function keyword(word: unknown): unknown {
  return typeof word === 'string' ? word.toLowerCase() : word;
}

/** A fill or stroke. Colours go the direct way: what gradients and patterns hold may change by itself. */
export function style(name: string): StageProperty {
  return {
    ...one(name, false, node => encodeStyle(node[name]())),
    direct: {contexts: node => [node[name].context], encode: encodeColor, isColor: true},
  };
}

/** Two numbers straight from the signals of a vector. */
export function pairOf(name: string): Direct {
  return {contexts: node => [node[name].x.context, node[name].y.context]};
}

/** `grow` and `shrink`: 0 while a tween has locked the size. */
export function lockable(name: string): StageProperty {
  return {
    ...one(name, true, node => (node.$$isSizeLocked() ? 0 : node[name]())),
    isDefault: node => !node.$$isSizeLocked(),
  };
}

/** Two numbers. */
export function vector(name: string): StageProperty {
  return {...one(name, false, node => [node[name].x(), node[name].y()]), direct: pairOf(name)};
}

/** Four numbers: top, right, bottom, left. */
export function spacing(name: string, layout: boolean): StageProperty {
  return one(name, layout, node => {
    const sides = node[name];
    return [sides.top(), sides.right(), sides.bottom(), sides.left()];
  });
}

/** A property that the stage hands down from the surroundings unless it is set on the node itself. */
export function inherited(
  name: string,
  layout: boolean,
  read: (node: any) => unknown = node => node[name].context.getter(),
): StageProperty {
  return {
    names: [name],
    layout,
    unset: true,
    read: node => [node[name].isInitial() ? null : read(node)],
  };
}

/** Two values that may be of any kind. */
export function pair(x: unknown, y: unknown): [unknown, unknown] {
  return [x, y];
}

/** A text as the stage takes it: a tween may cut a character of two UTF-16 units in the middle. */
export function wellFormed(text: unknown): string {
  return (String(text) as string & {toWellFormed(): string}).toWellFormed();
}
