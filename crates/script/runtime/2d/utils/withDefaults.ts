/** A component that makes nodes of a class with other defaults. */
export function withDefaults<TProps, TNode>(
  Type: new (props: TProps) => TNode,
  defaults: Partial<NonNullable<TProps>>,
): (props: NonNullable<TProps> & {ref?: any}) => TNode {
  return ({ref, ...props}) => {
    const node = new Type({...defaults, ...props} as TProps);
    ref?.(node);
    return node;
  };
}
