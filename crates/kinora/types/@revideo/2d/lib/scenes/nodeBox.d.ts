import type { NodeBox } from '@revideo/core';
import type { Node } from '../components/Node';
/** Where a node is. */
export declare function nodeBox(node: Node): NodeBox;
