import {offerCanvas} from '../globals/canvas';
import {CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D} from './CanvasRenderingContext2D';
import {DOMMatrix, DOMPoint} from './DOMMatrix';
import {HTMLImageElement} from './HTMLImageElement';
import {ImageData} from './ImageData';
import {FilmCanvas, NodeContext} from './NodeContext';
import {Path2D} from './Path2D';
import {createImageBitmap} from './createImageBitmap';
import {document} from './document';
import {HTMLCanvasElement, ImageBitmap, OffscreenCanvas} from './elements';
import {CanvasGradient, CanvasPattern} from './inks';
import {pictureOf} from './pictureOf';

const Image = HTMLImageElement;
const DOMMatrixReadOnly = DOMMatrix;

/** What the globals of a canvas are, and what draws nodes. */
export const CANVAS = {
  CanvasGradient,
  CanvasPattern,
  CanvasRenderingContext2D,
  DOMMatrix,
  DOMMatrixReadOnly,
  DOMPoint,
  FilmCanvas,
  HTMLCanvasElement,
  HTMLImageElement,
  Image,
  ImageBitmap,
  ImageData,
  NodeContext,
  OffscreenCanvas,
  OffscreenCanvasRenderingContext2D,
  Path2D,
  createImageBitmap,
  document,
  pictureOf,
};

offerCanvas(CANVAS);
