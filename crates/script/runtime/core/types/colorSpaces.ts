import type {ColorSpace} from './spaces/ColorSpace';
import {cubehelix} from './spaces/cubehelix';
import {dlab, dlch} from './spaces/din99o';
import {hsi, hsl, hsv, hwb} from './spaces/hsv';
import {jab, jch} from './spaces/jzazbz';
import {lab, lab65, lch, lch65, lchuv, luv} from './spaces/lab';
import {okhsl, okhsv} from './spaces/okhsl';
import {oklab, oklch} from './spaces/oklab';
import {a98, lrgb, p3, prophoto, rec2020, rgb, xyz50, xyz65} from './spaces/rgb';
import {yiq} from './spaces/yiq';

export type {ColorSpace, Triple} from './spaces/ColorSpace';

/** The name of a space that colours can be interpolated in. */
export type ColorInterpolationMode =
  | 'a98'
  | 'cubehelix'
  | 'dlab'
  | 'dlch'
  | 'hsi'
  | 'hsl'
  | 'hsv'
  | 'hwb'
  | 'jab'
  | 'jch'
  | 'lab'
  | 'lab65'
  | 'lch'
  | 'lch65'
  | 'lchuv'
  | 'lrgb'
  | 'luv'
  | 'okhsl'
  | 'okhsv'
  | 'oklab'
  | 'oklch'
  | 'p3'
  | 'prophoto'
  | 'rec2020'
  | 'rgb'
  | 'xyz50'
  | 'xyz65'
  | 'yiq';

/** The spaces that colours can be interpolated in. */
export const INTERPOLATION_SPACES: Record<ColorInterpolationMode, ColorSpace> = {
  a98,
  cubehelix,
  dlab,
  dlch,
  hsi,
  hsl,
  hsv,
  hwb,
  jab,
  jch,
  lab,
  lab65,
  lch,
  lch65,
  lchuv,
  lrgb,
  luv,
  okhsl,
  okhsv,
  oklab,
  oklch,
  p3,
  prophoto,
  rec2020,
  rgb,
  xyz50,
  xyz65,
  yiq,
};

/** The spaces of the CSS function `color()`, and those that the reference adds with two dashes. */
export const CSS_COLOR_SPACES: Record<string, ColorSpace> = {
  srgb: rgb,
  'srgb-linear': lrgb,
  'display-p3': p3,
  'a98-rgb': a98,
  'prophoto-rgb': prophoto,
  rec2020,
  xyz: xyz65,
  'xyz-d50': xyz50,
  'xyz-d65': xyz65,
  '--lab-d65': lab65,
  '--lch-d65': lch65,
  '--luv': luv,
  '--lchuv': lchuv,
  '--hsv': hsv,
  '--hsi': hsi,
  '--okhsl': okhsl,
  '--okhsv': okhsv,
  '--din99o-lab': dlab,
  '--din99o-lch': dlch,
  '--cubehelix': cubehelix,
  '--yiq': yiq,
};
