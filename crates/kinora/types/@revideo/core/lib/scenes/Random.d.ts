/** Reproducible random numbers: Mulberry32 (Tommy Ettinger, public domain). */
export declare class Random {
    private state;
    private spare;
    /** A seed that differs from call to call; the same in every run, as `Math.random` is seeded. */
    static createSeed(): number;
    constructor(state: number);
    /** Normally distributed: Box–Muller. */
    gauss(mean?: number, stdev?: number): number;
    /** A number from `from` up to, not including, `to`. */
    nextFloat(from?: number, to?: number): number;
    /** A whole number from `from` up to, not including, `to`. */
    nextInt(from?: number, to?: number): number;
    floatArray(size: number, from?: number, to?: number): number[];
    intArray(size: number, from?: number, to?: number): number[];
    /** An independent generator. */
    spawn(): Random;
    private next;
}
