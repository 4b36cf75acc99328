import type { Node } from './components/Node';
/** Groups children without a node of its own. */
export declare const Fragment: unique symbol;
type Props = Record<string, any>;
type Component = ((props: Props) => unknown) | (new (props: Props) => Node);
/** The types that TypeScript checks JSX with. */
export declare namespace JSX {
    type Element = Node;
    type ElementClass = Node;
    interface ElementChildrenAttribute {
        children: any;
    }
    interface IntrinsicElements {
    }
}
/**
 * Creates what a JSX element stands for: a node for a class, the result for a function, the
 * children for a fragment. Lists of children are flattened by one level.
 */
export declare function jsx(type: Component | typeof Fragment | string, config: Props, key?: any): any;
export { jsx as jsxs };
