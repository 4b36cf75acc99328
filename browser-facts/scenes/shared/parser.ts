import recorded from './tree.json';

/**
 * Stands in for `@lezer/javascript`, which Kinora's tests do not have: whatever it parses, it gives the
 * tree that `record-tree.mjs` has written down for `sample`. The reference itself uses the real one.
 */
export const parser = {
  configure: () => parser,
  parse: () => treeOf(recorded.tree as unknown as Recorded),
};

type Recorded = [from: number, to: number, rule: number, ...children: Recorded[]];

const types = recorded.rules.map(({mode, tags}) => typeOf({0: {mode, tags: tags.map(tagOf), context: null}}));
const plain = typeOf({});

function typeOf(props: object): object {
  return {name: 'Recorded', isAnonymous: false, props};
}

function tagOf(names: string[]): object {
  const set = names.map(name => ({id: -1, name, base: null, modified: []}));
  return {...set[0], set};
}

function treeOf([from, to, rule, ...children]: Recorded): object {
  return {
    type: types[rule] ?? plain,
    length: to - from,
    children: children.map(treeOf),
    positions: children.map(child => child[0] - from),
  };
}
