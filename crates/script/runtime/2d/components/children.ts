import type {Node} from './Node';

/** What may stand among a node's children; all but nodes is left out (a text takes strings too). */
export type ComponentChild = Node | object | string | number | bigint | boolean | null | undefined;
/** One child or several. */
export type ComponentChildren = ComponentChild | ComponentChild[];

/** The nodes among children. */
export function childList(children: ComponentChildren): Node[] {
  if (!Array.isArray(children)) return isNode(children) ? [children] : [];
  return children.filter(isNode);
}

function isNode(child: unknown): child is Node {
  return typeof child === 'object' && child !== null && (child as Node).isClass === true;
}
