/** A polynomial up to the third degree: c0 + c1·t + c2·t² + c3·t³. */
export class Polynomial {
  public constructor(
    public readonly c0: number,
    public readonly c1 = 0,
    public readonly c2 = 0,
    public readonly c3 = 0,
  ) {}

  public static constant(c0: number): Polynomial {
    return new Polynomial(c0);
  }

  public static linear(c0: number, c1: number): Polynomial {
    return new Polynomial(c0, c1);
  }

  public static quadratic(c0: number, c1: number, c2: number): Polynomial {
    return new Polynomial(c0, c1, c2);
  }

  public static cubic(c0: number, c1: number, c2: number, c3: number): Polynomial {
    return new Polynomial(c0, c1, c2, c3);
  }

  public get degree(): number {
    return this.c3 !== 0 ? 3 : this.c2 !== 0 ? 2 : this.c1 !== 0 ? 1 : 0;
  }

  /** The nth derivative, up to the third. */
  public differentiate(n = 1): Polynomial {
    switch (n) {
      case 0:
        return this;
      case 1:
        return new Polynomial(this.c1, 2 * this.c2, 3 * this.c3);
      case 2:
        return new Polynomial(2 * this.c2, 6 * this.c3);
      case 3:
        return new Polynomial(6 * this.c3);
      default:
        throw new Error(`Polynomial: there is no derivative \`${n}\`: 0 to 3`);
    }
  }

  /** Its value, or that of a derivative, at `t`. */
  public eval(t: number, derivative = 0): number {
    if (derivative !== 0) return this.differentiate(derivative).eval(t);
    return this.c0 + t * (this.c1 + t * (this.c2 + t * this.c3));
  }

  /** Two polynomials whose unit intervals are this one's before and after `u`. */
  public split(u: number): [Polynomial, Polynomial] {
    return [this.stretch(0, u), this.stretch(u, 1)];
  }

  /** Where it is 0: up to three places. */
  public roots(): number[] {
    const {c0, c1, c2, c3} = this;
    const flat = (value: number, beside: number) => Math.abs(value) <= 1e-12 * Math.max(1, Math.abs(beside));
    if (!flat(c3, Math.max(Math.abs(c0), Math.abs(c1), Math.abs(c2)))) return cubicRoots(c2 / c3, c1 / c3, c0 / c3);
    if (!flat(c2, Math.max(Math.abs(c0), Math.abs(c1)))) return quadraticRoots(c1 / c2, c0 / c2);
    return flat(c1, c0) ? [] : [-c0 / c1];
  }

  public localExtrema(): number[] {
    return this.differentiate().roots();
  }

  public localExtrema01(): number[] {
    return this.localExtrema().filter(t => t >= 0 && t <= 1);
  }

  /** The least and the greatest value within the unit interval. */
  public outputRange01(): number[] {
    const values = [0, 1, ...this.localExtrema01()].map(t => this.eval(t));
    return [Math.min(...values), Math.max(...values)];
  }

  /** The polynomial whose unit interval is this one's from `from` to `to`. */
  private stretch(from: number, to: number): Polynomial {
    const size = to - from;
    return new Polynomial(
      this.eval(from),
      size * this.eval(from, 1),
      (size ** 2 * this.eval(from, 2)) / 2,
      size ** 3 * this.c3,
    );
  }
}

/** Where t² + p·t + q is 0. */
function quadraticRoots(p: number, q: number): number[] {
  const under = p * p - 4 * q;
  if (Math.abs(under) < 1e-12) return [-p / 2];
  if (under < 0) return [];
  const root = Math.sqrt(under);
  return [(-p - root) / 2, (-p + root) / 2];
}

/** Where t³ + a·t² + b·t + c is 0. */
function cubicRoots(a: number, b: number, c: number): number[] {
  const third = a / 3;
  const p = b - a * third;
  const q = 2 * third ** 3 - third * b + c;
  const under = (q / 2) ** 2 + (p / 3) ** 3;
  if (Math.abs(p) < 1e-12 && Math.abs(q) < 1e-12) return [-third];
  if (Math.abs(under) < 1e-14) {
    const twin = Math.cbrt(q / 2);
    return [-2 * twin - third, twin - third];
  }
  if (under > 0) {
    const root = Math.sqrt(under);
    return [Math.cbrt(root - q / 2) + Math.cbrt(-root - q / 2) - third];
  }
  const size = 2 * Math.sqrt(-p / 3);
  const angle = Math.acos(Math.max(-1, Math.min(1, (3 * q) / (p * size)))) / 3;
  return [0, 1, 2].map(turn => size * Math.cos(angle - (turn * 2 * Math.PI) / 3) - third);
}
