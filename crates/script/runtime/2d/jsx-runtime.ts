import type {Node} from './components/Node';

/** Groups children without a node of its own. */
export const Fragment: unique symbol = Symbol.for('@revideo/2d/fragment');

type Props = Record<string, any>;
type Component = ((props: Props) => unknown) | (new (props: Props) => Node);

/** The types that TypeScript checks JSX with. */
export declare namespace JSX {
  type Element = Node;
  type ElementClass = Node;
  interface ElementChildrenAttribute {
    children: any;
  }
  interface IntrinsicElements {}
}

/**
 * Creates what a JSX element stands for: a node for a class, the result for a function, the
 * children for a fragment. Lists of children are flattened by one level.
 */
export function jsx(type: Component | typeof Fragment | string, config: Props, key?: any): any {
  const {ref, children, ...rest} = config;
  const flat = Array.isArray(children) ? children.flat() : children;
  if (type === Fragment) return flat;
  if (typeof type !== 'function') {
    throw new Error(
      typeof type === 'string'
        ? `\`<${type}>\` is not a component; there are no HTML elements here, names of components begin with a capital`
        : `a JSX element's type is ${String(type)}: is the component imported under that name?`,
    );
  }
  if ((type as any).prototype?.isClass) {
    const node = new (type as new (props: Props) => Node)({...rest, children: flat, key});
    ref?.(node);
    return node;
  }
  return (type as (props: Props) => unknown)({...rest, ref, children: flat, key});
}

export {jsx as jsxs};
