import {isOverridden} from './nodeKind';

/** Methods by which a subclass would draw with a canvas. */
const DRAWING = ['draw', 'drawShape', 'getPath', 'render', 'drawChildren', 'transformContext', 'setupDrawFromCache'];

const accepted = new WeakSet<object>();

/**
 * Refuses a node whose class draws by itself.
 *
 * @throws an error naming the class and the method.
 */
export function refuseDrawing(node: object): void {
  const prototype = Object.getPrototypeOf(node);
  if (accepted.has(prototype)) return;
  for (const method of DRAWING) {
    if (!isOverridden(node, method)) continue;
    throw new Error(
      `\`${node.constructor.name}\` overrides \`${method}()\`: ${method}() overrides are not drawn natively yet; ` +
        'compose the component of Rect, Circle, Line, Txt and the like instead',
    );
  }
  accepted.add(prototype);
}
