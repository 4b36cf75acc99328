import type {SignalContext} from '@revideo/core';
import {encodeColor, encodeFilters, encodeStyle} from './encode';

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
  /** Whether it belongs to the stage node that draws the outline apart from the box. */
  inner?: boolean;
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

/** The stage's view of the properties by class kind; a later kind includes the former. */
const NODE: Record<string, StageProperty> = {
  position: {
    ...own('position', node => pair(node.position.x.context.getter(), node.position.y.context.getter())),
    direct: {...pairOf('position'), isRaw: true},
  },
  rotation: value('rotation'),
  scale: vector('scale'),
  skew: vector('skew'),
  zIndex: value('zIndex'),
  opacity: value('opacity'),
  filters: one('filters', false, node => encodeFilters(node.filters())),
  shadowColor: style('shadowColor'),
  shadowBlur: value('shadowBlur'),
  shadowOffset: vector('shadowOffset'),
  cache: value('cache'),
  cachePadding: spacing('cachePadding', false),
  composite: value('composite'),
  compositeOperation: value('compositeOperation'),
  compositeOverride: value('compositeOverride'),
};

const LAYOUT: Record<string, StageProperty> = {
  ...NODE,
  layout: own('layout', node => node.layout.context.getter(), true),
  size: {
    names: ['width', 'height'],
    layout: true,
    unset: false,
    read: node => [node.size.x.context.getter(), node.size.y.context.getter()],
  },
  minWidth: value('minWidth', true),
  minHeight: value('minHeight', true),
  maxWidth: value('maxWidth', true),
  maxHeight: value('maxHeight', true),
  basis: value('basis', true),
  ratio: value('ratio', true),
  margin: spacing('margin', true),
  padding: spacing('padding', true),
  direction: value('direction', true),
  grow: lockable('grow'),
  shrink: lockable('shrink'),
  wrap: value('wrap', true),
  justifyContent: value('justifyContent', true),
  alignContent: value('alignContent', true),
  alignItems: value('alignItems', true),
  alignSelf: value('alignSelf', true),
  gap: one('gap', true, node => pair(node.gap.x(), node.gap.y())),
  fontFamily: inherited('fontFamily', true),
  fontSize: inherited('fontSize', true),
  fontStyle: inherited('fontStyle', true),
  fontWeight: inherited('fontWeight', true),
  lineHeight: inherited('lineHeight', true),
  letterSpacing: inherited('letterSpacing', true),
  textWrap: inherited('textWrap', true),
  textAlign: inherited('textAlign', true),
  textDirection: inherited('textDirection', true),
  offset: one('offset', true, node => [node.offset.x(), node.offset.y()]),
  clip: value('clip'),
};

const SHAPE: Record<string, StageProperty> = {
  ...LAYOUT,
  fill: style('fill'),
  stroke: style('stroke'),
  strokeFirst: value('strokeFirst'),
  lineWidth: value('lineWidth'),
  lineJoin: value('lineJoin'),
  lineCap: value('lineCap'),
  lineDash: one('lineDash', false, node => node.lineDash().map(Number)),
  lineDashOffset: value('lineDashOffset'),
  antialiased: value('antialiased'),
  rippleStrength: value('ripple', false, 'rippleStrength'),
};

const CURVE: Record<string, StageProperty> = {
  ...SHAPE,
  closed: value('closed'),
  start: value('start'),
  end: value('end'),
  startOffset: value('startOffset'),
  endOffset: value('endOffset'),
  startArrow: value('startArrow'),
  endArrow: value('endArrow'),
  arrowSize: value('arrowSize'),
};

const RECT: Record<string, StageProperty> = {
  ...CURVE,
  radius: spacing('radius', false),
  smoothCorners: value('smoothCorners'),
  cornerSharpness: value('cornerSharpness'),
};

const TXT: Record<string, StageProperty> = {
  ...without(SHAPE, 'layout'),
  fill: inherited('fill', false, node => encodeStyle(node.fill.context.getter())),
  stroke: inherited('stroke', false, node => encodeStyle(node.stroke.context.getter())),
  strokeFirst: inherited('strokeFirst', false),
  lineWidth: inherited('lineWidth', false),
  lineJoin: inherited('lineJoin', false),
  lineCap: inherited('lineCap', false),
  lineDash: inherited('lineDash', false, node => node.lineDash.context.getter().map(Number)),
  lineDashOffset: inherited('lineDashOffset', false),
};

/** The properties of each node kind that the stage draws. */
export const STAGE_PROPERTIES: Record<string, Record<string, StageProperty>> = {
  // The view's size is told once, when it is made.
  view: without(RECT, 'size'),
  node: NODE,
  layout: LAYOUT,
  rect: RECT,
  circle: {
    ...CURVE,
    startAngle: value('startAngle'),
    endAngle: value('endAngle'),
    counterclockwise: value('counterclockwise'),
  },
  line: {
    ...CURVE,
    radius: value('radius'),
    points: one('points', true, node => node.$$encodePoints()),
  },
  txt: TXT,
  leaf: {...without(LAYOUT, 'layout'), text: one('text', true, node => wellFormed(node.text()))},
  img: {
    ...RECT,
    src: {names: ['asset', 'natural'], layout: true, unset: false, read: node => node.$$encodeSource()},
    alpha: value('alpha'),
    smoothing: value('smoothing'),
  },
  video: {
    ...RECT,
    src: {names: ['asset', 'natural'], layout: true, unset: false, read: node => node.$$encodeSource()},
    time: one('time', false, node => Math.max(0, node.$$drawnTime())),
    alpha: value('alpha'),
    smoothing: value('smoothing'),
  },
  audio: NODE,
  ray: CURVE,
  // Their outlines are closed, or not, by their own commands.
  spline: without(CURVE, 'closed'),
  path: without(CURVE, 'closed'),
  polygon: {...LAYOUT, ...inner(CURVE), radius: innerOne('radius', node => node.radius())},
  grid: {...LAYOUT, ...inner(without(SHAPE, 'stroke', 'lineWidth'))},
};

/** What the stage draws of some kinds that no single signal holds. */
export const DERIVED_PROPERTIES: Record<string, readonly StageProperty[]> = {
  ray: [one('points', true, node => node.$$encodePoints())],
  spline: [one('path', true, node => node.$$encodePath())],
  path: [one('path', true, node => node.$$encodePath())],
  polygon: [innerOne('points', node => node.$$encodePoints())],
  grid: [
    innerOne('path', node => node.$$encodePath()),
    // A canvas that is told neither draws black lines of one pixel.
    innerOne('stroke', node => encodeStyle(node.stroke()) ?? [0, 0, 0, 1]),
    innerOne('lineWidth', node => node.lineWidth() || 1),
  ],
};

function without(table: Record<string, StageProperty>, ...keys: string[]): Record<string, StageProperty> {
  return Object.fromEntries(Object.entries(table).filter(([key]) => !keys.includes(key)));
}

/** The properties of a table that are not those of a box, for the node that draws the outline. */
function inner(table: Record<string, StageProperty>): Record<string, StageProperty> {
  const own = Object.entries(table).filter(([key]) => !(key in LAYOUT));
  return Object.fromEntries(own.map(([key, property]) => [key, {...property, inner: true, layout: false}]));
}

function innerOne(name: string, read: (node: any) => unknown): StageProperty {
  return {...one(name, false, read), inner: true};
}

function one(name: string, layout: boolean, read: (node: any) => unknown): StageProperty {
  return {names: [name], layout, unset: false, read: node => [read(node)]};
}

/** A property whose stored value the stage wants, whatever reading it yields. */
function own(name: string, read: (node: any) => unknown, layout = false): StageProperty {
  return one(name, layout, read);
}

function value(name: string, layout = false, key = name): StageProperty {
  const property = one(name, layout, node => node[key]());
  return layout ? property : {...property, direct: {contexts: node => [node[key].context]}};
}

/** A fill or stroke. Colours go the direct way: what gradients and patterns hold may change by itself. */
function style(name: string): StageProperty {
  return {
    ...one(name, false, node => encodeStyle(node[name]())),
    direct: {contexts: node => [node[name].context], encode: encodeColor, isColor: true},
  };
}

function pairOf(name: string): Direct {
  return {contexts: node => [node[name].x.context, node[name].y.context]};
}

/** `grow` and `shrink`: 0 while a tween has locked the size. */
function lockable(name: string): StageProperty {
  return {
    ...one(name, true, node => (node.$$isSizeLocked() ? 0 : node[name]())),
    isDefault: node => !node.$$isSizeLocked(),
  };
}

function vector(name: string): StageProperty {
  return {...one(name, false, node => [node[name].x(), node[name].y()]), direct: pairOf(name)};
}

function spacing(name: string, layout: boolean): StageProperty {
  return one(name, layout, node => {
    const sides = node[name];
    return [sides.top(), sides.right(), sides.bottom(), sides.left()];
  });
}

/** A property that the stage hands down from the surroundings unless it is set on the node itself. */
function inherited(
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

function pair(x: unknown, y: unknown): [unknown, unknown] {
  return [x, y];
}

function color(value: {r: number; g: number; b: number; a: number}): number[] {
  return [value.r, value.g, value.b, value.a];
}

/** A text as the stage takes it: a tween may cut a character of two UTF-16 units in the middle. */
function wellFormed(text: unknown): string {
  return (String(text) as string & {toWellFormed(): string}).toWellFormed();
}
