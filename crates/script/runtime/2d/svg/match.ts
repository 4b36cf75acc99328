import type {Node} from '../components/Node';

/** A node of a document by its id. */
export interface Item {
  id: string;
  shape: Node;
}

/** A node that becomes like another. */
export interface Matched {
  from: Node;
  to: Node;
}

/** What of two documents moves, goes and comes. */
export interface Match {
  moved: Matched[];
  /** With the opacity that they have when they are there. */
  deleted: {node: Node; opacity: number}[];
  inserted: {node: Node; opacity: number}[];
  /** All nodes to draw meanwhile, bottom first. */
  drawn: Node[];
}

/**
 * Pairs the nodes of two documents that have the same id, the k-th with the k-th. Where there are more
 * new ones, they come out of the last old one; where there are more old ones, they move into the last new one.
 */
export function matchShapes(from: readonly Item[], to: readonly Item[]): Match {
  const [old, next] = [grouped(from), grouped(to)];
  const match: Match = {moved: [], deleted: [], inserted: [], drawn: []};
  /** What is drawn for a new node meanwhile. */
  const stands = new Map<Node, Node>();
  /** What is drawn after an old node: those that come out of it. */
  const after = new Map<Node, Node[]>();
  for (const [id, nodes] of old) {
    const targets = next.get(id);
    nodes.forEach((node, index) => {
      if (targets === undefined) {
        match.deleted.push({node, opacity: node.opacity()});
        return;
      }
      const target = targets[Math.min(index, targets.length - 1)];
      match.moved.push({from: node, to: target});
      stands.set(target, node);
    });
    const last = nodes[nodes.length - 1];
    for (const target of targets?.slice(nodes.length) ?? []) {
      const copy = last.clone();
      match.moved.push({from: copy, to: target});
      stands.set(target, copy);
      after.set(last, [...(after.get(last) ?? []), copy]);
    }
  }
  for (const {shape} of from) match.drawn.push(shape, ...(after.get(shape) ?? []));
  let place = 0;
  for (const {id, shape} of to) {
    const drawn = stands.get(shape);
    if (drawn !== undefined) {
      place = match.drawn.indexOf(drawn) + 1;
    } else if (!old.has(id)) {
      match.inserted.push({node: shape, opacity: shape.opacity()});
      match.drawn.splice(place++, 0, shape);
    }
  }
  return match;
}

function grouped(items: readonly Item[]): Map<string, Node[]> {
  const groups = new Map<string, Node[]>();
  for (const {id, shape} of items) {
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [shape]);
    else group.push(shape);
  }
  return groups;
}
