/** Maps progress 0–1 to progress, optionally scaled to a range. */
export interface TimingFunction {
    (value: number, from?: number, to?: number): number;
}
/** The value between `from` and `to` at progress `value`. */
export interface InterpolationFunction<T, TRest extends any[] = any[]> {
    (from: T, to: T, value: number, ...args: TRest): T;
}
