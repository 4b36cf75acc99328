/** Whole numbers from 0 up to, not including, `length`. */
export declare function range(length: number): number[];
/** Numbers from `from` up or down to, not including, `to`. */
export declare function range(from: number, to: number, step?: number): number[];
