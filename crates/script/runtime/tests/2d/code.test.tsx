import {
  CODE,
  Code,
  LezerHighlighter,
  consolidateCodeRanges,
  defaultDiffer,
  defaultTokenize,
  extractRange,
  findAllCodeRanges,
  insert,
  inverseCodeRange,
  isPointInCodeSelection,
  lines,
  parseCodeSelection,
  patienceDiff,
  remove,
  replace,
  resolveCodeTag,
  resolveScope,
  word,
} from '../../2d/index';
import type {CodeHighlighter, CodeTag} from '../../2d/index';
import {lexemes} from '../../2d/code/grammar';
import {CodeBlock, edit, insert as putIn, remove as takeOut} from '../../2d/components/CodeBlock';
import {all, createRef, createSignal, linear, waitFor} from '../../core/index';
import {equal, near, ok, test, throws} from '../harness';
import {film, inScene} from './film';

const texts = (tags: CodeTag[], after = false) => tags.map(tag => resolveCodeTag(tag, after));

/** A text is so many of the widest sign. */
const XX = 'XX';

test('code is cut at white space and brackets', () => {
  equal(defaultTokenize('if (a.b) {\n  go([1]);\n}'), [
    'if', ' ', '(', 'a.b', ')', ' ', '{', '\n  ', 'go', '(', '[', '1', ']', ')', ';', '\n', '}',
  ]);
  equal(defaultTokenize(''), []);
});

test('a diff keeps what is in both, and joins what goes with what comes', () => {
  equal(defaultDiffer('a b c', 'a x c'), ['a', ' ', {before: 'b', after: 'x'}, ' ', 'c']);
  equal(defaultDiffer('f(a)', 'f(a, b)'), ['f', '(', {before: 'a', after: 'a, b'}, ')']);
  equal(defaultDiffer('', 'new'), [{before: '', after: 'new'}]);
  equal(defaultDiffer('old', ''), [{before: 'old', after: ''}]);
  equal(defaultDiffer('same', 'same'), ['same']);
  const marks = ({lines}: ReturnType<typeof patienceDiff>) =>
    lines.map(({line, aIndex, bIndex}) => (bIndex < 0 ? '-' : aIndex < 0 ? '+' : '') + line).join(' ');
  const diff = patienceDiff([...'abcxyz'], [...'axyzbc']);
  equal(marks(diff), 'a -b -c x y z +b +c');
  equal([diff.lineCountDeleted, diff.lineCountInserted, diff.lineCountMoved], [2, 2, 0]);
  equal(marks(patienceDiff([...'11a11'], [...'1a1'])), '1 -1 a -1 1');
  const many = Array.from({length: 3000}, (_, index) => `line ${index}`);
  equal(patienceDiff(many, many.toReversed()).lines.filter(line => line.aIndex >= 0 && line.bIndex >= 0).length, 1);
});

test('a template is what its parts are before and after', () => {
  const name = createSignal('sum');
  const code = CODE`${name}(${insert('a')}${remove('b')}${replace('c', 'd')}${[', ', 1 as never]});${undefined as never}`;
  equal(resolveScope({progress: 0, fragments: code}, false), 'sum(bc, 1);');
  equal(resolveScope({progress: 0, fragments: code}, true), 'sum(ad, 1);');
  name('add');
  equal(resolveScope({progress: 0, fragments: code}, scope => scope.progress === 1), 'add(bc, 1);');
});

test('a range becomes a fragment of its own', () => {
  const take = (from: [number, number], to: [number, number], tags: CodeTag[]) => {
    const [fragments, index] = extractRange([from, to], tags);
    return [texts(fragments).join('|'), index];
  };
  equal(take([0, 2], [0, 4], ['abcdef']), ['ab|cd|ef', 1]);
  equal(take([0, 4], [0, 2], ['abcdef']), ['ab|cd|ef', 1], 'reversed');
  equal(take([0, 0], [0, 0], ['ab']), ['|ab', 0]);
  equal(take([0, 2], [0, 2], ['ab']), ['ab|', 1]);
  equal(take([0, 1], [1, 1], ['ab', '\n', 'cd']), ['a|b\nc|d', 1]);
  equal(take([0, 0], [0, Infinity], ['ab\ncd']), ['ab\n|cd', 0], 'a whole line with its break');
  equal(take([0, 0], [0, 2], ['ab\ncd']), ['ab|\ncd', 0]);
  equal(take([0, 4], [0, 4], ['ab\ncd']), ['ab|  ||\ncd', 2], 'past the end of a line');
  equal(take([3, 2], [3, 2], ['ab']), ['ab|\n\n\n  |', 2], 'past the last line');
  const kept: CodeTag = insert('x');
  const [fragments, index] = extractRange([[0, 2], [0, 2]], ['ab', kept, 'cd']);
  ok(fragments.includes(kept) && index === 2, 'a change beside the range stays what it is');
  throws(() => extractRange([[0, NaN], [0, 2]] as never, ['a']), 'lines(from, to)');
  throws(() => extractRange([[-1, 0], [0, 2]], ['a']), '`[-1,0]`');
});

test('ranges are joined, turned and found', () => {
  equal(consolidateCodeRanges([[[1, 0], [2, 0]], [[0, 0], [0, 4]], [[0, 2], [1, 0]]]), [[[0, 0], [2, 0]]]);
  equal(inverseCodeRange([]), [[[0, 0], [Infinity, Infinity]]]);
  equal(inverseCodeRange([[[0, 0], [0, 3]], [[1, 0], [1, 2]]]), [
    [[0, 3], [1, 0]],
    [[1, 2], [Infinity, Infinity]],
  ]);
  equal(findAllCodeRanges('ab\nab', 'b'), [[[0, 1], [0, 2]], [[1, 1], [1, 2]]]);
  equal(findAllCodeRanges('ab\nab', /b\na/), [[[0, 1], [1, 1]]]);
  equal(findAllCodeRanges('f(x) f(', 'f(', 1), [[[0, 0], [0, 2]]], 'no expression');
  throws(() => findAllCodeRanges('a', 3 as never), '`3`');
  ok(isPointInCodeSelection([1, 2], [word(1, 2, 1)]) && !isPointInCodeSelection([1, 3], [word(1, 2, 1)]), 'ends');
  equal(parseCodeSelection(lines(1)), [lines(1)]);
  throws(() => parseCodeSelection('name' as never), '`"name"`');
});

test('code is as large as its lines, and changes in part', () =>
  inScene(view => {
    const progress = createSignal(0);
    const code = new Code({fontFamily: 'Roboto', fontSize: 20, lineHeight: 30});
    view.add(code);
    const {mono, ascent, emAscent} = code.$$font();
    ok(mono > 0, 'an X is wide');
    const size = () => {
      const [x, y] = code.$$encodeSize();
      return [x / mono, (y - (ascent - emAscent)) / 30];
    };
    equal(code.$$encodeSize(), [0, 30 + ascent - emAscent], 'an empty text is a line');
    code.code([]);
    near(size(), [0, 0], 1e-2);
    code.code(`XX\n${XX}X\n`);
    near(size(), [3, 3], 1e-2);
    code.code({progress, fragments: ['X', insert(`XX\n${XX}${XX}${XX}`), 'X']});
    near(size(), [2, 1], 1e-2);
    progress(0.5);
    near(size(), [4.5, 1.5], 1e-2);
    progress(1);
    near(size(), [7, 2], 1e-2);
    equal(code.parsed(), `${XX}X\n${XX}${XX}${XX}X`);
    progress(0.5);
    equal(code.parsed(), 'XX');
  }));

test('what changes fades and what stays moves', () =>
  inScene(view => {
    const progress = createSignal(0);
    const code = new Code({code: {progress, fragments: ['X', replace('X', `${XX}X\nX`), 'X']}, fontFamily: 'Roboto'});
    view.add(code);
    const seen = () => code.$$runs().map(({text, x, y, opacity}) => [text, x, y, opacity]);
    equal(seen(), [['X', 0, 0, 1], ['X', 1, 0, 1], ['X', 2, 0, 1]]);
    progress(0.25);
    // At half of the half: (0.5 − 0.2) / 0.8 are left; lines move by a quarter of their difference.
    near(code.$$runs()[1].opacity, 0.375, 1e-9);
    near(seen().map(run => run[2]), [0, 0.125, 0.25], 1e-9);
    near(code.$$runs()[2].x, 2 - 0.25, 1e-9);
    progress(0.75);
    equal(seen().map(run => run[0]), ['X', `${XX}X`, 'X', 'X']);
    near(seen().map(run => run[2]), [0, -0.125, 0.875, 0.75], 1e-9);
    progress(1);
    equal(seen(), [['X', 0, 0, 1], [`${XX}X`, 1, 0, 1], ['X', 0, 1, 1], ['X', 1, 1, 1]]);
  }));

test('a selection blends from the old one', async () => {
  const code = createRef<Code>();
  const seen: number[][] = [];
  await film(
    function* (view) {
      view.add(<Code ref={code} fontFamily={'Roboto'} code={`${XX}${XX}`} selection={word(0, 0, 2)} />);
      yield;
      yield* code().selection(word(0, 1, 2), 0.2, linear);
      yield;
    },
    () => seen.push(code().$$runs().flatMap(({text, selection}) => Array.from(text, () => selection))),
  );
  near(seen.slice(1, 4), [[1, 1, 0, 0], [0.5, 1, 0.5, 0], [0, 1, 1, 0]], 1e-9);
});

test('edits run side by side and leave what they became', async () => {
  const code = createRef<Code>();
  const seen: string[] = [];
  await film(
    function* (view) {
      view.add(<Code ref={code} code={'one\ntwo'} />);
      const text = () => seen.push(resolveScope(code().code(), true));
      yield* all(code().code.append('!', 0.3), code().code.insert([1, 0], '>', 0.2), code().code.remove(word(0, 1, 1), 0.2));
      text();
      yield* code().code.replace(word(0, 0, 1), 0.1)`f${'a'}`;
      text();
      yield* code().code.prepend`# `;
      text();
      yield* code().code.edit(0.2)`${replace('a', 'b')}${insert('c')}`;
      text();
      code().code.append('d');
      code().code.remove([[0, 0], [0, 1]]);
      code().code.insert([2, 1], 'e');
      text();
      yield* code().code('tweened', 0.2);
      equal(code().code.context.raw(), 'tweened');
    },
  );
  equal(seen, ['oe\n>two!', 'fae\n>two!', '# fae\n>two!', 'bc', 'cd\n\n e']);
});

test('a signal of code is cut by its highlighter', async () => {
  const highlighter: CodeHighlighter = {
    initialize: () => true,
    prepare: code => code,
    highlight: () => ({color: 'red', skipAhead: 1}),
    tokenize: code => [...code],
  };
  let fragments: CodeTag[] = [];
  await film(function* () {
    const code = Code.createSignal('abc', highlighter);
    yield code('abxc', 0.2);
    yield;
    fragments = code().fragments;
    yield* waitFor(0.3);
    equal(resolveScope(code(), true), 'abxc');
  });
  equal(fragments, ['a', 'b', {before: '', after: 'x'}, 'c']);
});

test('boxes of points and ranges lie where the code is', () =>
  inScene(view => {
    const code = new Code({fontFamily: 'Roboto', fontSize: 20, lineHeight: 30, code: `XX XX\n${XX}${XX}`});
    view.add(code);
    const {mono, ascent, descent} = code.$$font();
    const {width, height} = {width: code.width(), height: code.height()};
    const boxes = code.getSelectionBbox([[0, 3], [1, 2]]);
    equal(boxes.length, 2);
    near(boxes[1], {x: -width / 2, y: 30 - height / 2, width: 2 * mono, height: ascent + descent}, 1e-6);
    near(code.getPointBbox([1, 3]).x, 3 * mono - width / 2, 1e-6);
    near(code.getPointBbox([1, 0]).y, 30 - height / 2, 1e-6, 'the first column is its own line');
    equal(code.getSelectionBBox([[7, 0], [8, 0]]), []);
    equal(code.findFirstRange('none'), [[0, 0], [0, 0]]);
    equal(code.findLastRange(/X+/g), [[1, 0], [1, 4]]);
    throws(() => code.getPointBbox(3 as never), '[line, column]');
  }));

test('code of a wrong kind is named', () =>
  inScene(view => {
    const code = new Code({});
    view.add(code);
    throws(() => code.code(12 as never), '`12`');
    throws(() => code.code({before: 'a'} as never), 'CODE');
    code.code([{unknown: 1}] as never);
    throws(() => code.$$runs(), '`{"unknown":1}`');
    code.code('');
    throws(() => code.code.append('x', -1), '-1');
    throws(() => code.code.insert([0] as never, 'x'), '[line, column]');
    throws(() => insert({} as never), 'insert');
    throws(() => new LezerHighlighter({} as never), '@lezer/javascript');
    throws(() => new LezerHighlighter({parse: () => null as never}, {} as never), 'HighlightStyle');
  }));

/** A tree as Lezer's, from nested lists: where a node begins and ends, its tags, its children. */
type Sketch = [from: number, to: number, tags: string | null, ...children: Sketch[]];

function typeOf(tags: unknown[] | null, more: object = {}) {
  return {name: 'Node', isAnonymous: false, props: tags === null ? {} : {7: {tags, mode: 2, context: null, ...more}}};
}

function tag(name: string): {set: unknown[]} {
  const made: any = {id: 0, name, base: null, modified: [], set: []};
  made.set.push(made);
  return made;
}

function treeOf([from, to, name, ...children]: Sketch): any {
  return {
    type: typeOf(name === null ? null : [tag(name)]),
    length: to - from,
    children: children.map(treeOf),
    positions: children.map(child => child[0] - from),
  };
}

function parserOf(sketch: Sketch) {
  return {parse: () => treeOf(sketch)};
}

test('a node has the colour of its tags, to its end', () => {
  const code = 'let  "a b" c';
  const highlighter = new LezerHighlighter(
    parserOf([0, 12, null, [0, 3, 'keyword'], [5, 10, 'string', [6, 7, null]], [11, 12, 'unknown']]),
  );
  const cache = highlighter.prepare(code);
  const at = (index: number) => highlighter.highlight(index, cache);
  equal(at(0), {color: '#5e81ac', skipAhead: 3});
  equal(at(1), {color: '#5e81ac', skipAhead: 2});
  equal(at(3), {color: null, skipAhead: 1}, 'between nodes');
  equal(at(5), {color: '#a3be8c', skipAhead: 5}, 'over what is in it');
  equal(at(11), {color: null, skipAhead: 1});
  equal(at(0), {color: '#5e81ac', skipAhead: 3}, 'back again');
  equal(at(99), {color: null, skipAhead: 1});
  equal(highlighter.tokenize(code), ['let', '  "', 'a', ' b" ', 'c']);
  ok(highlighter.prepare(code) === cache, 'prepared once');
});

test('tags without names are known by their numbers', () => {
  const string = {id: 5, base: null, modified: [], set: [] as any[]};
  const special = {id: 90, base: string, modified: [{id: 5}], set: [] as any[]};
  special.set.push(special, string);
  const highlighter = new LezerHighlighter({
    parse: () => ({type: typeOf([special]), length: 3, children: [], positions: []}),
  });
  equal(highlighter.highlight(0, highlighter.prepare('abc')), {color: '#8fbcbb', skipAhead: 3});
});

test('small nodes, rules for places, nodes without a name and other languages count', () => {
  const types = [
    typeOf([tag('keyword')]),
    typeOf(null),
    {...typeOf([tag('string')], {context: ['Node', ''], next: {tags: [tag('comment')], mode: 2, context: null}})},
    {...typeOf(null), isAnonymous: true},
  ];
  // A group of 6 with two in it, then one alone.
  const buffer = Uint16Array.from([1, 0, 6, 12, 0, 0, 2, 8, 2, 3, 6, 12, 2, 7, 9, 16]);
  const inner = {type: types[3], length: 9, children: [{buffer, set: {types}}], positions: [0]};
  const outer = {type: typeOf(null), length: 12, children: [inner, treeOf([10, 12, 'number'])], positions: [0, 10]};
  const other = treeOf([0, 2, null, [0, 1, 'bool']]);
  Object.assign(outer.children[1], {props: {3: {overlay: null, tree: other}}});
  const highlighter = new LezerHighlighter({parse: () => outer as never});
  const cache = highlighter.prepare('k  abc de fg');
  const colors = [0, 2, 3, 7, 10, 11].map(index => highlighter.highlight(index, cache).color);
  equal(colors, ['#5e81ac', null, '#a3be8c', '#4c566a', '#d08770', '#b48ead']);
});

test('a style of ones own says the colours', () => {
  const style = {
    style: (tags: readonly {name?: string}[]) => (tags[0].name === 'name' ? 'two' : null),
    module: {rules: ['.one {color: red}', '.two {background-color: blue; color: #123456; font-weight: bold}']},
  };
  const highlighter = new LezerHighlighter(parserOf([0, 2, null, [0, 2, 'name']]), style);
  equal(highlighter.highlight(0, highlighter.prepare('ab')).color, '#123456');
});

test('a block of code tells its words apart', () => {
  const kinds = (code: string, language = 'tsx') =>
    lexemes(code, language)
      .filter(({kind}) => kind !== 'variable')
      .map(({text, kind}) => `${text.trim()}:${kind}`);
  equal(kinds("const a = 'b'; // c"), [
    'const:keyword', 'a:literal', '=:keyword', "':stringPunctuation", 'b:stringContent', "':stringPunctuation",
    '// c:comment',
  ]);
  equal(kinds('function f(x) { return /a/g.test(x) }'), [
    'function:keyword', 'f:entityName', 'x:parameter', 'return:keyword', '/:stringPunctuation', 'a:regexpContent',
    '/:stringPunctuation', 'g:keyword', 'test:entityName',
  ]);
  equal(kinds('a / b / `x${y}z`').slice(0, 2), ['/:keyword', '/:keyword']);
  equal(kinds('<div id="a">{b}</div>')[0], 'div:tag');
  equal(kinds("print(f'{1}') # say", 'python'), [
    'print:entityName', "':stringPunctuation", '{1}:stringContent', "':stringPunctuation", '# say:comment',
  ]);
  equal(kinds('select * FROM t', 'sql'), ['select:keyword', '*:keyword', 'FROM:keyword']);
  equal(kinds('anything', 'nobody knows'), []);
  for (const open of ['`${', '"a', '/*', '<a b=', '}', 'f(']) equal(lexemes(open, 'ts').map(({text}) => text).join(''), open);
});

test('a block of code shows its changes', async () => {
  const block = createRef<CodeBlock>();
  const seen: [string, number][][] = [];
  await film(
    function* (view) {
      view.add(<CodeBlock ref={block} fontFamily={'Roboto'} code={`\n    let a;\n      b\n`} />);
      equal(block().code().spans, ['let a;\n  b\n']);
      equal(block().lineCount(), 3);
      yield* block().edit(1)`X${edit('Y', 'Z')}${putIn('+')}${takeOut('-')}X`;
      equal(block().selection(), [[[0, 1], [0, 2]], [[0, 2], [0, 3]]]);
    },
    () => seen.push(block().$$cells().map(({text, kind}) => [text + kind[0], block().$$cells().length])),
  );
  equal(seen[4].map(([text]) => text).join(' '), 'Xr Yd Zc +c -d Xr');
  throws(() => block().code(3 as never), '`3`');
});
