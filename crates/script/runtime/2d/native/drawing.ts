import type {Drawn} from '../partials/drawingContext';
import {isOverridden} from './nodeKind';

/** What the stage draws of a node, in the numbering of the stage's `Part`. */
export const Part = {
  /** All of it in its parent's space. */
  Whole: 0,
  /** Its outline, filled and stroked. */
  Shape: 2,
  /** What its kind draws, without its children. */
  Own: 3,
  /** The same without the outline. */
  Rest: 4,
  Children: 5,
  /** All of it but its place. */
  Unplaced: 6,
} as const;

/** Methods by which a class draws what is in a node. */
const CONTENT = ['draw', 'drawShape', 'drawChildren', 'getPath'];
/** Methods by which a class puts a node into its parent's space. */
const PLACE = ['transformContext', 'localToParent'];

/** What a class draws by itself. */
export interface OwnDrawing {
  /** What is in the node. */
  content: boolean;
  /** All of it, its place too. */
  whole: boolean;
  /** Its place at least. */
  place: boolean;
}

const found = new WeakMap<object, OwnDrawing>();

/**
 * What a node's class draws by itself.
 *
 * @throws an error naming the class if it replaces what cannot be replaced here.
 */
export function ownDrawing(node: object): OwnDrawing {
  const prototype = Object.getPrototypeOf(node);
  let drawing = found.get(prototype);
  if (drawing === undefined) {
    if (isOverridden(node, 'setupDrawFromCache')) {
      throw new Error(
        `\`${node.constructor.name}\` overrides \`setupDrawFromCache()\`: effects are not drawn from a cache here; ` +
          'override `draw()` or `render()` instead',
      );
    }
    const has = (methods: string[]) => methods.some(method => isOverridden(node, method));
    const place = has(PLACE);
    drawing = {content: has(CONTENT), whole: place || has(['render']), place};
    found.set(prototype, drawing);
  }
  return drawing;
}

/** Goes on once what may take its time is done. */
export function after(drawn: Drawn, next: () => Drawn): Drawn {
  return drawn instanceof Promise ? drawn.then(next) : next();
}
