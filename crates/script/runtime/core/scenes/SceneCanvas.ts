import {Affine} from '../types/Affine';
import {RAD2DEG} from '../types/angles';
import type {CanvasLike} from './CanvasLike';

/** Records the transform and alpha that a scene is to be placed with. */
export class SceneCanvas implements CanvasLike {
  private matrix = new Affine();
  private alpha = 1;
  private readonly saved: {matrix: Affine; alpha: number}[] = [];

  public get globalAlpha(): number {
    return this.alpha;
  }

  /** Values outside 0–1 are ignored, as a canvas does. */
  public set globalAlpha(value: number) {
    if (value >= 0 && value <= 1) this.alpha = value;
  }

  public save(): void {
    this.saved.push({matrix: this.matrix.clone(), alpha: this.alpha});
  }

  public restore(): void {
    const state = this.saved.pop();
    if (state === undefined) return;
    this.matrix = state.matrix;
    this.alpha = state.alpha;
  }

  public translate(x: number, y: number): void {
    this.matrix.translateSelf(x, y);
  }

  public scale(x: number, y: number): void {
    this.matrix.scaleSelf(x, y);
  }

  public rotate(angle: number): void {
    this.matrix.rotateSelf(angle * RAD2DEG);
  }

  public transform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    this.matrix.multiplySelf({a, b, c, d, e, f});
  }

  public setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    this.matrix = new Affine([a, b, c, d, e, f]);
  }

  public resetTransform(): void {
    this.matrix = new Affine();
  }

  public getTransform(): Affine {
    return this.matrix.clone();
  }

  /** The placement recorded so far. */
  public placement(): {transform: [number, number, number, number, number, number]; alpha: number} {
    return {transform: this.matrix.toArray(), alpha: this.alpha};
  }
}

const DRAWING =
  'fillRect strokeRect clearRect fill stroke clip beginPath closePath moveTo lineTo arc arcTo ellipse rect roundRect ' +
  'bezierCurveTo quadraticCurveTo fillText strokeText measureText drawImage putImageData getImageData createPattern ' +
  'createLinearGradient createRadialGradient createConicGradient setLineDash';

for (const method of DRAWING.split(' ')) {
  Object.defineProperty(SceneCanvas.prototype, method, {
    value() {
      throw new Error(
        `\`ctx.${method}\` is not available before the scene is placed; draw in \`useContext\`, or add a node to the view`,
      );
    },
  });
}
