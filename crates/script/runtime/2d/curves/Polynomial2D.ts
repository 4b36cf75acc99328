import {BBox, Vector2} from '@revideo/core';
import {Polynomial} from './Polynomial';

/** A polynomial for each axis, of which the unit interval is a curve. */
export class Polynomial2D {
  public readonly x: Polynomial;
  public readonly y: Polynomial;

  /** From the coefficients of both, or from two polynomials. */
  public constructor(
    public readonly c0: Vector2 | Polynomial,
    public readonly c1: Vector2 | Polynomial,
    public readonly c2?: Vector2,
    public readonly c3?: Vector2,
  ) {
    if (c0 instanceof Polynomial || c1 instanceof Polynomial) {
      this.x = c0 as Polynomial;
      this.y = c1 as Polynomial;
    } else {
      this.x = new Polynomial(c0.x, c1.x, c2?.x, c3?.x);
      this.y = new Polynomial(c0.y, c1.y, c2?.y, c3?.y);
    }
  }

  public eval(t: number, derivative = 0): Vector2 {
    return new Vector2(this.x.eval(t, derivative), this.y.eval(t, derivative));
  }

  public split(u: number): [Polynomial2D, Polynomial2D] {
    const [x0, x1] = this.x.split(u);
    const [y0, y1] = this.y.split(u);
    return [new Polynomial2D(x0, y0), new Polynomial2D(x1, y1)];
  }

  public differentiate(n = 1): Polynomial2D {
    return new Polynomial2D(this.x.differentiate(n), this.y.differentiate(n));
  }

  public evalDerivative(t: number): Vector2 {
    return this.eval(t, 1);
  }

  /** The tightest box around the curve. */
  public getBounds(): BBox {
    const [x0, x1] = this.x.outputRange01();
    const [y0, y1] = this.y.outputRange01();
    return BBox.fromPoints(new Vector2(x0, y0), new Vector2(x1, y1));
  }
}
