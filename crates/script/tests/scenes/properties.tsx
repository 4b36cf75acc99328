import * as all from '@revideo/2d';
import {
  Camera,
  Circle,
  Code,
  CubicBezier,
  Grid,
  Icon,
  Img,
  Knot,
  Latex,
  Layout,
  Line,
  Node,
  Path,
  Polygon,
  QuadBezier,
  Ray,
  Rect,
  SVG,
  Spline,
  Txt,
  Video,
  blur,
  makeScene2D,
} from '@revideo/2d';
import {makeProject} from '@revideo/core';

const isNode = (value: any) => value === Node || value?.prototype instanceof Node;
const classes = Object.entries<any>(all).filter(([, value]) => isNode(value));

/** The nearest class above that is exported as well. */
function above(type: any): [name: string, type: any] | undefined {
  for (let next = Object.getPrototypeOf(type); isNode(next); next = Object.getPrototypeOf(next)) {
    const found = classes.find(([, value]) => value === next);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a class has beside the class above it, or with another default. */
function own(type: any): [property: string, standard: unknown][] {
  const base = above(type)?.[1];
  const known: any = base === undefined ? {} : all.getPropertiesOf(base.prototype);
  return Object.entries<any>(all.getPropertiesOf(type.prototype))
    .filter(([name, {default: standard}]) => !name.startsWith('$$') && (known[name] === undefined || known[name].default !== standard))
    .map(([name, {default: standard}]) => [name, standard]);
}

const box = (props: object = {}) => new Rect({size: 30, fill: 'gold', ...props});
const INK = {stroke: 'red', lineWidth: 4, fill: 'teal'} as any;
const INKED = {...INK, size: [90, 60]} as any;
const points = [[0, 0], [40, 10], [20, 50]];
const OF_ITEMS = 'basis grow shrink alignSelf margin maxWidth maxHeight minWidth minHeight ratio size'.split(' ');
const OF_TEXTS = 'fontFamily fontSize fontStyle fontWeight lineHeight letterSpacing textWrap textDirection textAlign'.split(' ');

/** Something in a node that is added in its stead. */
function within(around: Node, changed: Node): [Node, Node] {
  return [around, changed];
}

/** A node to add, and the one whose property changes, as they are before it does. */
const MADE: Record<string, (property: string) => Node | [Node, Node]> = {
  Node(property) {
    const lower = box({x: -5});
    if (property === 'zIndex') return within(new Node({children: [lower, box({fill: 'blue'})]}), lower);
    if (property === 'composite') {
      const shaded = box({shadowColor: 'red', shadowOffset: [9, 3]});
      const changed = new Node({rotation: 30, children: [shaded]});
      return within(new Node({rotation: 20, children: [changed]}), changed);
    }
    const hasShadow = property.startsWith('shadow');
    return new Node({
      children: [lower, box({x: 20, fill: '#00f8'})],
      ...(hasShadow ? {shadowColor: 'black', shadowBlur: 4, shadowOffset: 4} : {}),
      ...(property === 'compositeOverride' ? {compositeOperation: 'destination-over'} : {}),
    });
  },
  Layout(property) {
    const inner = (props: object = {}) => new Rect({fill: 'gold', size: [30, 20], ...props} as any);
    if (OF_TEXTS.includes(property)) {
      const text = new Txt({text: 'two words', fill: 'white', ...(property === 'fontSize' ? {} : {fontSize: 20})});
      return new Layout({layout: true, width: 80, textWrap: property !== 'textWrap', children: [text]});
    }
    const first = inner(property === 'ratio' ? {height: null} : {});
    if (OF_ITEMS.includes(property)) {
      const size = property === 'shrink' ? [40, 120] : [200, 120];
      return within(new Layout({layout: true, size, alignItems: 'start', children: [first, inner()]} as any), first);
    }
    const isNarrow = property === 'wrap' || property === 'alignContent';
    return new Layout({
      layout: property !== 'layout',
      size: isNarrow ? [70, 120] : property === 'clip' ? 20 : [200, 120],
      wrap: property === 'alignContent' ? 'wrap' : 'nowrap',
      children: [first, inner({size: 40}), inner()],
    } as any);
  },
  Shape: property =>
    new Rect({...INKED, lineDash: ['lineDashOffset', 'lineCap'].includes(property) ? [9, 5] : []}),
  Curve: property => new Line({...INK, points, startArrow: property === 'arrowSize'}),
  Rect: property => new Rect({...INKED, radius: property === 'radius' ? 0 : 20, smoothCorners: property === 'cornerSharpness'}),
  Circle: property => new Circle({...INKED, ...(property === 'counterclockwise' ? {startAngle: 40, endAngle: 90} : {})}),
  Polygon: () => new Polygon(INKED),
  Line: () => new Line({...INK, points}),
  Spline: () => new Spline({...INK, points}),
  Knot() {
    const changed = new Knot({position: [40, 30], startHandle: [-20, 40], endHandle: [5, 5]});
    return within(new Spline({...INK, children: [new Knot({}), changed, new Knot({position: [80, 0]})]}), changed);
  },
  Path: () => new Path({...INK, data: 'M0 0L30 0L30 30'}),
  Grid: () => new Grid({...INK, size: 100}),
  Ray: () => new Ray({...INK, from: 0, to: [40, 20]}),
  QuadBezier: () => new QuadBezier({...INK, p0: 0, p1: [40, 0], p2: [40, 40]}),
  CubicBezier: () => new CubicBezier({...INK, p0: 0, p1: [40, 0], p2: [40, 40], p3: [0, 40]}),
  Img: () => new Img({src: '/a.png', width: 100}),
  Video: () => new Video({src: '/a.mp4', width: 100}),
  Media: property => new Video({src: '/a.mp4', width: 100, time: property === 'loop' ? 20 : 2} as any),
  Txt: () => new Txt({text: 'one', fill: 'white'}),
  Code: () => new Code({code: 'let a', fill: 'white'}),
  Icon: () => new Icon({icon: 'mdi:home'}),
  Latex: () => new Latex({tex: '\\sum_i x_i'}),
  SVG: () => new SVG({svg: svgOf('red'), width: 50}),
  Camera: () => new Camera({children: [box({x: 50})]}),
};

function svgOf(color: string): string {
  return `<svg viewBox="0 0 9 9"><rect width="9" height="9" fill="${color}"/></svg>`;
}

/** What properties become: by class and name, or by name. */
const VALUES: Record<string, unknown> = {
  position: [10, 20],
  absolutePosition: [30, 40],
  rotation: 20,
  absoluteRotation: 20,
  scale: 2,
  absoluteScale: 2,
  skew: [10, 0],
  zIndex: 3,
  cache: true,
  cachePadding: 5,
  composite: true,
  compositeOperation: 'xor',
  compositeOverride: 0.5,
  opacity: 0.5,
  filters: [blur(4)],
  shadowColor: 'red',
  shadowBlur: 12,
  shadowOffset: 12,
  layout: true,
  maxWidth: 10,
  maxHeight: 10,
  minWidth: 60,
  minHeight: 60,
  ratio: 2,
  margin: 10,
  padding: 10,
  direction: 'column',
  basis: 70,
  grow: 1,
  shrink: 0,
  wrap: 'wrap',
  justifyContent: 'end',
  alignContent: 'end',
  alignItems: 'center',
  alignSelf: 'end',
  gap: 10,
  fontSize: 30,
  fontStyle: 'italic',
  fontWeight: 700,
  lineHeight: 60,
  letterSpacing: 5,
  textWrap: true,
  textDirection: 'rtl',
  textAlign: 'right',
  size: 50,
  offset: [1, 0],
  ...Object.fromEntries(
    'middle top bottom left right topLeft topRight bottomLeft bottomRight'.split(' ').map(name => [name, [10, 15]]),
  ),
  clip: true,
  fill: 'black',
  stroke: 'blue',
  strokeFirst: true,
  lineWidth: 9,
  lineJoin: 'round',
  lineCap: 'round',
  lineDash: [5, 5],
  lineDashOffset: 3,
  antialiased: false,
  rippleStrength: 0.5,
  closed: true,
  start: 0.3,
  startOffset: 10,
  startArrow: true,
  end: 0.7,
  endOffset: 10,
  endArrow: true,
  arrowSize: 40,
  startAngle: 40,
  endAngle: 90,
  counterclockwise: true,
  radius: 10,
  smoothCorners: true,
  cornerSharpness: 0.1,
  sides: 5,
  points: [[0, 0], [50, 50], [90, 0]],
  smoothness: 0.9,
  data: 'M0 0L30 0L10 30',
  spacing: 20,
  from: [5, 5],
  to: [50, 5],
  p0: [5, 5],
  p1: [30, 9],
  p2: [30, 33],
  p3: [9, 33],
  startHandle: [-20, 10],
  endHandle: [20, 10],
  auto: 0.5,
  src: '/b.png',
  'Media.src': '/b.mp4',
  alpha: 0.5,
  smoothing: false,
  loop: true,
  time: 5,
  text: 'two',
  code: 'let b',
  selection: [[[0, 0], [0, 3]]],
  highlighter: {initialize: () => true, prepare: () => null, highlight: () => ({color: 'red', skipAhead: 9}), tokenize: () => []},
  drawHooks: {token: (context: any) => context.fillRect(0, 0, 9, 9)},
  icon: 'mdi:account',
  color: 'red',
  tex: 'y',
  options: {display: false},
  svg: svgOf('blue'),
  zoom: 2,
};

const scene = makeScene2D('properties', function* (view) {
  for (const [name, type] of classes) {
    console.log(JSON.stringify({node: name, above: above(type)?.[0] ?? null}));
    for (const [property, standard] of own(type)) {
      const value = VALUES[`${name}.${property}`] ?? VALUES[property];
      const make = MADE[name];
      const isTried = value !== undefined && make !== undefined;
      let measured = false;
      if (isTried) {
        const made = make(property);
        const [added, changed] = Array.isArray(made) ? made : [made, made];
        view.removeChildren();
        view.add(added);
        const measure = () => JSON.stringify((changed as any).cacheBBox());
        const before = measure();
        yield;
        (changed as any)[property](value);
        measured = measure() !== before;
        yield;
      }
      const told = standard === undefined || typeof standard === 'object' && standard !== null && !Array.isArray(standard) ? '' : JSON.stringify(standard);
      console.log(JSON.stringify({node: name, property, standard: told, isTried, measured}));
    }
  }
});

export default makeProject({scenes: [scene], experimentalFeatures: true} as any);
