import {transformVectorAsPoint} from '@revideo/core';
import type {NodeTrack} from '@revideo/core';
import type {Node} from '../components/Node';
import {TxtLeaf} from '../components/TxtLeaf';

/** Where the nodes below a view are that can be seen, in tree order. */
export function nodeTracks(view: Node): NodeTrack[] {
  const tracks: NodeTrack[] = [];
  for (const child of view.peekChildren()) follow(child, 1, view.opacity(), tracks);
  return tracks;
}

function follow(node: Node, depth: number, above: number, tracks: NodeTrack[]): void {
  const opacity = above * node.opacity();
  if (opacity <= 0 || node instanceof TxtLeaf) return;
  const own = node.$$ownBox();
  const box = own.width > 0 && own.height > 0 ? own : node.cacheBBox();
  const matrix = node.localToWorld();
  const corners = box.corners.map(corner => transformVectorAsPoint(corner, matrix));
  const [across, down] = [corners.map(corner => corner.x), corners.map(corner => corner.y)];
  const sides = [Math.min(...across), Math.min(...down), Math.max(...across), Math.max(...down)];
  const [x, y, left, top, right, bottom] = [matrix.e, matrix.f, ...sides].map(tenth);
  tracks.push([String(node.key), depth, x, y, left, top, right, bottom, Math.round(opacity * 1000) / 1000]);
  for (const child of node.peekChildren()) follow(child, depth + 1, opacity, tracks);
}

/** To a tenth; 0 for what is no number. */
function tenth(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 10) / 10 : 0;
}
