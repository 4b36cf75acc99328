import {multiply} from './ColorSpace';
import type {ColorSpace, Matrix} from './ColorSpace';

// YIQ of NTSC, as Kotsarenko and Ramos 2010 give it.
const RGB_TO_YIQ: Matrix = [
  0.29889531, 0.58662247, 0.11448223, 0.59597799, -0.2741761, -0.32180189, 0.21147017, -0.52261711, 0.31114694,
];
const YIQ_TO_RGB: Matrix = [1, 0.95608445, 0.6208885, 1, -0.27137664, -0.6486059, 1, -1.10561724, 1.70250126];

export const yiq: ColorSpace = {
  hue: -1,
  fromRgb: rgb => multiply(RGB_TO_YIQ, rgb),
  toRgb: coords => multiply(YIQ_TO_RGB, coords),
};
