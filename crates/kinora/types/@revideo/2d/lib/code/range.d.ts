/** A place in code: line and column, from 0. */
export type CodePoint = [line: number, column: number];
/** A stretch of code. */
export type CodeRange = [from: CodePoint, to: CodePoint];
/** Whole lines, both ends included. */
export declare function lines(from: number, to?: number): CodeRange;
/** A piece of one line. */
export declare function word(line: number, from: number, length?: number): CodeRange;
/** A stretch between two points. */
export declare function pointToPoint(fromLine: number, fromColumn: number, toLine: number, toColumn: number): CodeRange;
/** Highlights code; code cannot be drawn yet, so making one is an error. */
export declare class LezerHighlighter {
    constructor(_parser?: unknown, _style?: unknown);
}
/** Code fragments; code cannot be drawn yet. */
export declare function CODE(): never;
export { CODE as codeSignal, CODE as insert, CODE as remove, CODE as replace };
/** Colours of code; code cannot be drawn yet. */
export declare const DefaultHighlightStyle: {};
