/** Where a class keeps the name an editor shows for it. */
export const NODE_NAME: unique symbol = Symbol.for('@revideo/2d/nodeName');

/** Names a component for editors. */
export function nodeName(name: string): ClassDecorator {
  return (target: any) => {
    target.prototype[NODE_NAME] = name;
  };
}
