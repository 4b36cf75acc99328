import {Icon, Latex, Rect, SVG} from '../../2d/index';
import type {Circle, Line, Path} from '../../2d/index';
import {waitFor} from '../../core/index';
import {equal, near, ok, rejects, test} from '../harness';
import {Latex as Parts} from '../../motion-canvas/2d';
import {film, inScene} from './film';
import {mock} from './mockStage';

/** What was logged, in the engine. */
const logged = (): string[] => ((globalThis as any).__logs ?? []).map((entry: string[]) => entry[1]);

test('an icon is downloaded once and coloured here', () =>
  inScene(view => {
    const icon = new Icon({icon: 'mdi:home', color: '#ff0000'});
    view.add(icon);
    const text = () => decodeURIComponent(icon.$$picture());
    ok(text().startsWith('data:image/svg+xml,<svg'), text());
    ok(text().includes('fill="#ff0000ff"'), text());
    equal(icon.src(), 'https://api.iconify.design/mdi/home.svg?color=%23ff0000ff');
    icon.color('blue');
    ok(text().includes('fill="#0000ffff"'), text());
  }));

test('an icon that does not exist, and one that cannot, are named', async () => {
  const show = (icon: string) => () => inScene(view => view.add(new Icon({key: 'a', icon})));
  await rejects(show('mdi:missing'), '`a`: there is no icon `mdi:missing`');
  await rejects(show('mdi:missing'), 'answered 404');
  await rejects(show('../x'), 'it takes a set and a name');
});

// The stand-in reads no documents and sets no formulas.
if (mock === null) {
  const badge = `<svg viewBox="0 0 100 60">
    <defs><g id="pin"><circle r="5"/></g></defs>
    <rect id="box" x="10" y="10" width="40" height="20" rx="4" fill="red" stroke="currentColor" stroke-width="2px"/>
    <g transform="translate(30 30) rotate(90) scale(2)" fill="blue" opacity=".5"><circle cx="1" r="3"/></g>
    <polygon points="0,0 10,0 10 10" fill="none"/>
    <use href="#pin" x="5" transform="matrix(-1 0 0 1 0 0)"/>
    <path d="M0 0h1" stroke-linejoin="arcs" fill="url(#a)"/>
    <text>skipped</text>
  </svg>`;

  test('the shapes of a document are nodes around its middle', () =>
    inScene(view => {
      const svg = new SVG({svg: badge, width: 200, fill: 'lime', stroke: '#00ff00'});
      view.add(svg);
      equal([svg.size().x, svg.size().y], [200, 120]);
      equal([svg.wrapper.scale().x, svg.wrapper.scale().y], [2, 2]);
      const [box] = svg.getChildrenById('box') as Rect[];
      equal([box.position().x, box.position().y, box.size().x, box.size().y], [-20, -10, 40, 20]);
      equal([box.radius().top, box.lineWidth()], [4, 2]);
      equal(String((box.stroke() as any).hex()), '#00ff00ff');
      const circles = svg.getChildrenById('circle') as Circle[];
      equal(circles.length, 2);
      near([circles[0].position().x, circles[0].position().y], [-20, 2], 1e-9);
      near([circles[0].rotation(), circles[0].scale().x, circles[0].opacity()], [90, 2, 0.5], 1e-9);
      near([circles[1].position().x, circles[1].scale().x, circles[1].scale().y], [-55, -1, 1], 1e-9);
      equal(circles[1].fill(), null);
      const [triangle] = svg.getChildrenById('polygon') as Line[];
      equal([triangle.closed(), triangle.parsedPoints().length], [true, 3]);
      equal(svg.getChildrenById('text'), []);
      ok(logged().some(line => line.includes('`stroke-linejoin` `arcs`')), String(logged()));
      ok(logged().some(line => line.includes('names no gradient')), String(logged()));
    }));

  test('a document without a size is as large as what it shows, or as a browser makes it', () =>
    inScene(view => {
      const size = (root: string) => {
        const svg = new SVG({svg: `<svg ${root}><rect x="5" y="5" width="30" height="10"/></svg>`});
        view.add(svg);
        return [svg.size().x, svg.size().y];
      };
      equal(size(''), [30, 10]);
      equal(size('viewBox="0 0 20 10"'), [20, 10]);
      equal(size('viewBox="0 0 20 10" width="60"'), [60, 30]);
      equal(size('height="1in"'), [300, 96]);
      equal(size('width="50"'), [50, 150]);
    }));

  test('a document that cannot be read is told and draws nothing', () =>
    inScene(view => {
      const svg = new SVG({key: 'broken', svg: '<svg>\n<g></svg>'});
      view.add(svg);
      equal([svg.size().x, svg.size().y, svg.wrapper.children().length], [0, 0, 0]);
      ok(logged().some(line => line.includes('`broken`') && line.includes('line 2, column')), String(logged()));
      view.add(new SVG({key: 'loop', svg: '<svg viewBox="0 0 1 1"><g id="a"><use href="#a"/><rect width="1" height="1"/></g></svg>'}));
    }));

  test('shapes of one id move, others fade', async () => {
    const before = '<svg viewBox="0 0 10 10"><rect id="a" width="2" height="2"/><circle id="b" r="1"/></svg>';
    const after = '<svg viewBox="0 0 20 20"><rect id="a" x="8" width="4" height="2"/><rect id="a" width="1" height="1"/><path id="c" d="M0 0h1v1z"/></svg>';
    const seen: number[][] = [];
    let node: SVG;
    await film(
      function* (view) {
        node = new SVG({svg: before});
        view.add(node);
        yield* node.svg(after, 1);
        yield* waitFor(0.1);
      },
      () => {
        const children = node.wrapper.children() as (Rect | Circle | Path)[];
        seen.push([children.length, children[0].position().x, children[0].opacity(), node.size().x]);
      },
    );
    // two for the one rectangle, one that goes, one that comes
    equal(seen[1][0], 4);
    near(seen[1].slice(1), [-4, 1, 10], 1e-9);
    equal(seen[seen.length - 1], [3, 0, 1, 20]);
    ok(seen.some(([, x]) => x > -4 && x < 0), String(seen));
  });

  test('a formula is set once, and what is wrong with it has a place', () =>
    inScene(view => {
      const formula = new Latex({tex: 'a^2', key: 'formula'});
      view.add(formula);
      const text = decodeURIComponent(formula.$$picture());
      ok(text.includes('viewBox="0 -883.9 965.6 '), text.slice(0, 300));
      ok(text.includes('fill="currentColor"'), text);
      equal(new Latex({tex: 'a^2'}).$$picture(), formula.$$picture());
      ok(new Latex({tex: 'a^2', options: {display: false}}).$$picture() !== formula.$$picture(), 'options count');
      formula.tex('\\frac{a');
      ok(formula.$$picture().includes('svg'), 'the source is shown');
      ok(logged().some(line => line.includes('`formula`') && line.includes('Missing close brace, at column 8: `\\frac{a`')), String(logged()));
    }));

  test('a formula of Motion Canvas is a node for each part', () =>
    inScene(view => {
      const formula = new Parts({tex: '{{a^2}} + {{b}}', fill: 'white'});
      view.add(formula);
      equal(formula.tex(), ['a^2', '+', 'b']);
      equal(formula.wrapper.children().length, 3);
      equal(formula.getChildrenById('a^2')[0].children().length, 2);
      const [width] = [formula.size().x];
      formula.fontSize(96);
      near(formula.size().x, width * 2, 1 / 32); // lengths are kept in 64ths
      const fraction = new Parts({tex: ['\\frac{', 'a', '}{b}'], fill: 'white'});
      view.add(fraction);
      equal(fraction.wrapper.children().length, 3);
    }));
}
