import {
  Affine,
  BBox,
  Center,
  Color,
  Direction,
  flipOrigin,
  isType,
  Matrix2D,
  Origin,
  originToOffset,
  rotateVector,
  Spacing,
  transformAngle,
  transformScalar,
  transformVector,
  transformVectorAsPoint,
  Vector2,
} from '../../core/index';
import type {PossibleVector2} from '../../core/index';
import {equal, near, ok, test, throws} from '../harness';

test('vectors are made of many things', () => {
  const cases: [PossibleVector2 | null, [number, number]][] = [
    [3, [3, 3]],
    [
      [1, 2],
      [1, 2],
    ],
    [{x: 1, y: 2}, [1, 2]],
    [{width: 1, height: 2}, [1, 2]],
    [undefined, [0, 0]],
    [null, [0, 0]],
    [new Vector2(4, 5), [4, 5]],
  ];
  for (const [from, [x, y]] of cases) equal(new Vector2(from!).serialize(), {x, y});
  equal(new Vector2(1, 2).toString(), 'Vector2(1, 2)');
});

test('vector arithmetic', () => {
  const v = new Vector2(3, 4);
  equal([v.magnitude, v.squaredMagnitude, v.dot([1, 2]), v.cross([1, 2]), v.ctg], [5, 25, 11, 2, 0.75]);
  equal(v.perpendicular.serialize(), {x: 4, y: -3});
  equal(v.add(1).sub([0, 1]).mul(2).div([2, 4]).serialize(), {x: 4, y: 2});
  equal(v.getOriginOffset(Origin.BottomRight).serialize(), {x: 1.5, y: 2});
  equal(v.lerp(new Vector2(5, 8), new Vector2(0.5, 0.25)).serialize(), {x: 4, y: 5});
  ok(v.equals(new Vector2(3.0000005, 4)) && !v.equals(new Vector2(3.001, 4)), 'equals');
  near(Vector2.fromDegrees(90).serialize(), {x: 0, y: 1}, 1e-12);
  equal(new Vector2(NaN, 1).safe.serialize(), {x: 0, y: 1});
  ok(isType(v) && !isType({}), 'isType');
});

test('origins', () => {
  equal(originToOffset(Origin.TopLeft).serialize(), {x: -1, y: -1});
  equal(originToOffset(Direction.Right).serialize(), {x: 1, y: 0});
  equal(flipOrigin(Origin.TopLeft), Origin.BottomRight);
  equal(flipOrigin(Origin.TopLeft, Center.Horizontal), Origin.TopRight);
  equal(flipOrigin(Origin.TopLeft, Center.Vertical), Origin.BottomLeft);
  equal(flipOrigin(Origin.Middle), Origin.Middle);
  equal(flipOrigin(Direction.Left), Direction.Right);
});

test('spacings are written as in CSS', () => {
  equal(new Spacing(1).serialize(), {top: 1, right: 1, bottom: 1, left: 1});
  equal(new Spacing([1, 2]).serialize(), {top: 1, right: 2, bottom: 1, left: 2});
  equal(new Spacing([1, 2, 3]).serialize(), {top: 1, right: 2, bottom: 3, left: 2});
  equal(new Spacing([1, 2, 3, 4]).serialize(), {top: 1, right: 2, bottom: 3, left: 4});
  equal(new Spacing({left: 4} as never).serialize(), {top: 0, right: 0, bottom: 0, left: 4});
  const spacing = new Spacing(1, 2, 3, 4);
  equal([spacing.x, spacing.y, spacing.scale(2).left, spacing.addScalar(1).top], [6, 4, 8, 2]);
});

test('boxes', () => {
  const box = new BBox(10, 20, 30, 40);
  equal([box.left, box.top, box.right, box.bottom], [10, 20, 40, 60]);
  equal(box.center.serialize(), {x: 25, y: 40});
  equal(box.expand([1, 2, 3, 4]).serialize(), {x: 6, y: 19, width: 36, height: 44});
  box.left = 0;
  equal(box.serialize(), {x: 0, y: 20, width: 40, height: 40});
  equal(BBox.fromSizeCentered(new Vector2(4, 2)).serialize(), {x: -2, y: -1, width: 4, height: 2});
  equal(BBox.fromBBoxes(new BBox(0, 0, 1, 1), new BBox(5, 5, 1, 1)).serialize(), {x: 0, y: 0, width: 6, height: 6});
  equal(new BBox(0, 0, 4, 4).intersection(new BBox(2, 2, 4, 4)).serialize(), {x: 2, y: 2, width: 2, height: 2});
  equal(new BBox(0.5, 0.5, 4, 4).pixelPerfect.serialize(), {x: 0, y: 0, width: 5, height: 5});
  ok(new BBox(0, 0, 4, 4).includes([4, 4]) && !new BBox(0, 0, 4, 4).includes([5, 4]), 'includes');
  near(
    BBox.fromPoints(
      ...new BBox(0, 0, 2, 2).transformCorners(new Affine().translateSelf(1, 1).rotateSelf(45)),
    ).serialize(),
    {x: 1 - Math.SQRT2, y: 1, width: 2 * Math.SQRT2, height: 2 * Math.SQRT2},
    1e-12,
  );
});

test('matrices transform in the order of a DOMMatrix', () => {
  const matrix = new Affine().translateSelf(10, 20).rotateSelf(90).scaleSelf(2, 3);
  near(transformVectorAsPoint(new Vector2(1, 1), matrix).serialize(), {x: 7, y: 22}, 1e-12);
  near(transformVector(new Vector2(1, 1), matrix).serialize(), {x: -3, y: 2}, 1e-12);
  near(transformAngle(0, matrix), 90, 1e-12);
  near(transformScalar(2, matrix), 4, 1e-12);
  near(matrix.inverse().multiply(matrix).toArray(), [1, 0, 0, 1, 0, 0], 1e-12);
  near(new Affine().skewXSelf(45).toArray(), [1, 0, 1, 1, 0, 0], 1e-12);
  near(new Affine().skewYSelf(45).toArray(), [1, 1, 0, 1, 0, 0], 1e-12);
  near(rotateVector(new Vector2(2, 1), 90, [1, 1]).serialize(), {x: 1, y: 2}, 1e-12);

  const single = Matrix2D.fromTranslation([10, 20]).rotate(90).scale([2, 3]);
  near([...single.values], matrix.toArray(), 1e-5);
  near([...single.inverse!.mul(single).values], [1, 0, 0, 1, 0, 0], 1e-5);
  equal(Matrix2D.zero.inverse, null);
  ok(new Matrix2D(single).values === single.values, 'the array is shared');
  equal(new Matrix2D(0.1, 0, 0, 1, 0, 0).scaleX, Math.fround(0.1));
});

test('colours are parsed as CSS has them', () => {
  const cases: [any, string][] = [
    [undefined, 'rgba(0, 0, 0, 1.000)'],
    [null, 'rgba(0, 0, 0, 1.000)'],
    ['FFFFFF00', 'rgba(255, 255, 255, 0.000)'],
    ['#abc', 'rgba(170, 187, 204, 1.000)'],
    ['#abc8', 'rgba(170, 187, 204, 0.533)'],
    ['#0000', 'rgba(0, 0, 0, 0.000)'],
    [0x123456, 'rgba(18, 52, 86, 1.000)'],
    [{r: 255, g: 128, b: 0}, 'rgba(255, 128, 0, 1.000)'],
    [{r: 255, g: 128, b: 0, a: 0.5}, 'rgba(255, 128, 0, 0.500)'],
    ['RebeccaPurple', 'rgba(102, 51, 153, 1.000)'],
    ['transparent', 'rgba(0, 0, 0, 0.000)'],
    ['rgb(1, 2, 3)', 'rgba(1, 2, 3, 1.000)'],
    ['rgba(255, 255, 255, 0.25)', 'rgba(255, 255, 255, 0.250)'],
    ['rgb(100% 0% 50% / 50%)', 'rgba(255, 0, 128, 0.500)'],
    ['rgb(300 -5 0)', 'rgba(255, 0, 0, 1.000)'],
    ['rgb(none 10 20)', 'rgba(0, 10, 20, 1.000)'],
    ['hsl(120, 100%, 25%)', 'rgba(0, 128, 0, 1.000)'],
    ['hsl(0.5turn 100% 50%)', 'rgba(0, 255, 255, 1.000)'],
    ['hsl(-120deg 100% 50%)', 'rgba(0, 0, 255, 1.000)'],
    ['hwb(60 20% 20%)', 'rgba(204, 204, 51, 1.000)'],
    ['lab(50 0 0)', 'rgba(119, 119, 119, 1.000)'],
    ['lab(100% 0 0)', 'rgba(255, 255, 255, 1.000)'],
    ['lch(54.29 106.84 40.86)', 'rgba(255, 0, 0, 1.000)'],
    ['oklab(0.62796 0.22486 0.12585)', 'rgba(255, 0, 0, 1.000)'],
    ['oklch(62.796% 0.25768 29.234)', 'rgba(255, 0, 0, 1.000)'],
    ['color(srgb 1 0.5 0 / 0.5)', 'rgba(255, 128, 0, 0.500)'],
    ['color(srgb-linear 0.2158605 0 0)', 'rgba(128, 0, 0, 1.000)'],
    ['color(display-p3 1 1 1)', 'rgba(255, 255, 255, 1.000)'],
    ['color(display-p3 0 0.5 0.5)', 'rgba(0, 130, 129, 1.000)'],
    ['color(a98-rgb 1 1 1)', 'rgba(255, 255, 255, 1.000)'],
    ['color(prophoto-rgb 1 1 1)', 'rgba(255, 255, 255, 1.000)'],
    ['color(rec2020 1 1 1)', 'rgba(255, 255, 255, 1.000)'],
    ['color(xyz-d50 0.9642957 1 0.8251046)', 'rgba(255, 255, 255, 1.000)'],
    ['color(xyz 0.9504559 1 1.0890578)', 'rgba(255, 255, 255, 1.000)'],
  ];
  for (const [text, expected] of cases) equal(new Color(text).serialize(), expected, String(text));
  for (const text of [
    '',
    'none',
    'currentColor',
    ' red',
    '#12345',
    'rgb(1,2)',
    'rgb(1 2 3 4)',
    'color-mix(in lch, red, blue)',
    'lab(1,2,3)',
    'constructor',
    'hsl(10, 5, 5)',
  ]) {
    throws(() => new Color(text), `Invalid color string value provided: ${text}`);
  }
});

test('colours interpolate in other spaces', () => {
  const half = (mode: any) => Color.createLerp(mode)('red', 'blue', 0.5).css();
  equal(half('rgb'), 'rgb(128,0,128)');
  equal(half('lrgb'), 'rgb(188,0,188)');
  equal(half('hsl'), 'rgb(255,0,255)');
  equal(half('lab'), 'rgb(193,0,136)');
  equal(half('oklab'), 'rgb(140,83,162)');
  equal(half('oklch'), 'rgb(186,0,194)');
  equal(Color.lerp('red', null, 1).css(), 'rgb(0,0,0)');
  equal(new Color('red').alpha(0.5).hex(), '#ff000080');
  throws(() => half('nonsense'), 'unknown colour space');
});

test('vectors have the methods of Motion Canvas', () => {
  const vector = new Vector2(1.4, -2.6);
  equal([...vector.rounded, ...vector.ceiled], [1, -3, 2, -2]);
  equal([...vector.map((value, index) => value * 10 + index)], [14, -25]);
  near([...new Vector2(1, 0).rotate(90)], [0, 1], 1e-12);
  near([...new Vector2(2, 0).rotate(180, [1, 1])], [0, 2], 1e-12);
  const matrix = Matrix2D.fromTranslation([5, 6]);
  equal([...new Vector2(1, 2).transformAsPoint(matrix), ...new Vector2(1, 2).transform(matrix)], [6, 8, 1, 2]);
  equal([...new Vector2(1, 2).transformAsPoint([2, 0, 0, 3, 1, 1])], [3, 7]);
});
