/** Assigning this to a signal puts back its initial value. */
export declare const DEFAULT: unique symbol;
