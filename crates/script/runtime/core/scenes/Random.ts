import {map} from '../tweening/helpers';

/** Reproducible random numbers: Mulberry32 (Tommy Ettinger, public domain). */
export class Random {
  private spare: number | null = null;

  /** A seed that differs from call to call; the same in every run, as `Math.random` is seeded. */
  public static createSeed(): number {
    return Math.floor(Math.random() * 4294967296);
  }

  public constructor(private state: number) {}

  /** Normally distributed: Box–Muller. */
  public gauss(mean = 0, stdev = 1): number {
    let z = this.spare;
    this.spare = null;
    if (z === null) {
      const angle = this.next() * 2 * Math.PI;
      const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
      z = Math.cos(angle) * radius;
      this.spare = Math.sin(angle) * radius;
    }
    return mean + z * stdev;
  }

  /** A number from `from` up to, not including, `to`. */
  public nextFloat(from = 0, to = 1): number {
    return map(from, to, this.next());
  }

  /** A whole number from `from` up to, not including, `to`. */
  public nextInt(from = 0, to = 4294967296): number {
    const value = Math.floor(map(from, to, this.next()));
    return value === to ? from : value;
  }

  public floatArray(size: number, from = 0, to = 1): number[] {
    return Array.from({length: size}, () => this.nextFloat(from, to));
  }

  public intArray(size: number, from = 0, to = 4294967296): number[] {
    return Array.from({length: size}, () => this.nextInt(from, to));
  }

  /** An independent generator. */
  public spawn(): Random {
    return new Random(this.nextInt());
  }

  private next(): number {
    this.state |= 0;
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
}
