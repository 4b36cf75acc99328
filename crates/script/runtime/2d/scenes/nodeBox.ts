import type {NodeBox} from '@revideo/core';
import {Layout} from '../components/Layout';
import type {Node} from '../components/Node';
import {Txt} from '../components/Txt';

/** Where a node is. */
export function nodeBox(node: Node): NodeBox {
  const {x, y} = node.position();
  const absolute = node.absolutePosition();
  const box: NodeBox = {
    key: String(node.key),
    class: node.constructor.name,
    x,
    y,
    absolute: [absolute.x, absolute.y],
    opacity: node.opacity(),
  };
  if (node instanceof Layout) {
    const size = node.size() as unknown as {x: number; y: number};
    box.width = size.x;
    box.height = size.y;
  }
  if (node instanceof Txt && !(node.parent() instanceof Txt)) {
    box.lines = __kinora.lines(node.$$nativeId).map(line => line.text);
  }
  return box;
}
