import {Color, Random} from '../../core/index';
import {equal, near, ok, test, throws} from '../harness';

const PIECES = [
  ...['rgb(', 'rgba(', 'hsl(', 'hwb(', 'lab(', 'lch(', 'oklab(', 'oklch(', 'color(', 'srgb ', 'display-p3 ', '#', ')'],
  ...['0', '1', '50', '255', '100%', '12.5', '.5', '-1', '1e2', '1.', '+3', 'none', '120deg', '1turn', '3px', 'a', 'f'],
  ...[' ', ' ', ', ', ',', ' / ', '/', '\n', '(', 'red', 'BLUE', 'transparent', 'constructor', '\u{1f4a1}', '\0'],
];

/** The colour of a text, or none; fails if it is refused with other words than it ought to be. */
function read(text: string): Color | null {
  try {
    return new Color(text);
  } catch (error: any) {
    equal(error.message, `Invalid color string value provided: ${text}`);
    return null;
  }
}

test('texts made up at random are colours or are refused', () => {
  const random = new Random(1);
  const pick = () => PIECES[random.nextInt(0, PIECES.length)];
  let valid = 0;
  for (let round = 0; round < 20000; round++) {
    const text = Array.from({length: random.nextInt(1, 9)}, pick).join('');
    const color = read(text);
    if (color === null) continue;
    valid++;
    for (const channel of color.gl()) ok(channel >= 0 && channel <= 1, `${JSON.stringify(text)} has ${channel}`);
  }
  ok(valid > 100, `only ${valid} were colours`);
});

test('a colour is what it is written as', () => {
  const random = new Random(2);
  const byte = () => random.nextInt(0, 256);
  const number = (from: number, to: number) => String(Math.round(random.nextFloat(from, to) * 1000) / 1000);
  for (let round = 0; round < 2000; round++) {
    const [r, g, b, a] = [byte(), byte(), byte(), byte()];
    const color = new Color({r, g, b, a: a / 255});
    equal(new Color(color.hex()).gl(), color.gl(), color.hex());
    near(new Color(color.serialize()).gl(), color.gl(), 0.0005, color.serialize());
    equal(new Color(color.css()).alpha(color.a).gl(), color.gl(), color.css());
    equal(new Color((r << 16) | (g << 8) | b).gl(), color.alpha(1).gl(), `${r}, ${g}, ${b}`);
    const [x, y, z] = [r / 255, g / 255, b / 255];
    near(new Color(`color(srgb ${x} ${y} ${z} / ${a / 255})`).gl(), color.gl(), 1e-12);
    near(new Color(`rgb(${x * 100}% ${y * 100}% ${z * 100}%)`).gl(), color.alpha(1).gl(), 1e-12);
    const forms = [
      `hsl(${number(-720, 720)} ${number(0, 100)}% ${number(0, 100)}%)`,
      `hwb(${number(-720, 720)}deg ${number(0, 100)}% ${number(0, 100)}% / ${number(0, 1)})`,
      `lab(${number(0, 100)} ${number(-125, 125)} ${number(-125, 125)})`,
      `oklch(${number(0, 1)} ${number(0, 0.4)} ${number(0, 1)}turn)`,
      `color(rec2020 ${number(0, 1)} ${number(0, 1)} ${number(0, 1)})`,
      `hsla(${number(0, 360)}, ${number(0, 100)}%, ${number(0, 100)}%, ${number(0, 1)})`,
    ];
    for (const text of forms) ok(read(text) !== null, text);
  }
});

test('a colour blended with itself stays', () => {
  const random = new Random(3);
  for (let round = 0; round < 500; round++) {
    const [r, g, b, a] = random.floatArray(4, 0, 1);
    const color = new Color({r: r * 255, g: g * 255, b: b * 255, a});
    for (const mode of ['lch', 'lab', 'rgb', 'oklab', 'oklch', 'hsl', 'okhsv', 'luv'] as const) {
      near(color.lerp(color, random.nextFloat(), mode).gl(), color.gl(), 2e-5, mode);
    }
  }
});

test('colours are changed as in the reference', () => {
  const color = new Color('#54aae8');
  const changed = [color.darken(1), color.brighten(1), color.saturate(), color.desaturate(1)];
  equal(changed.map(one => one.hex()), ['#007bb6ff', '#8cdbffff', '#00aeffff', '#83a7c8ff']);
  near(color.luminance(), 0.36460463878406163, 1e-12);
  equal(color.set('lch.h', '+20').hex(), '#80a2e9ff');
  equal([color.get('rgb.r'), color.set('rgb.r', '*0.5').rgb()], [84, [42, 170, 232]]);
  equal([color.rgba(), color.mix('#54aae8').hex()], [[84, 170, 232, 1], '#54aae8ff']);
  near(color.lab(), [66.86776879728812, -7.225361540314889, -38.82577590000904], 0.01);
  equal(new Color('#888').saturate(0).hex(), '#888888ff');
  throws(() => color.get('rgb.x'), 'unknown colour channel `rgb.x`');
});
