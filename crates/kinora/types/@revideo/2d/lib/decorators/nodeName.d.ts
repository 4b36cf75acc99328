/** Where a class keeps the name an editor shows for it. */
export declare const NODE_NAME: unique symbol;
/** Names a component for editors. */
export declare function nodeName(name: string): ClassDecorator;
