/** Assigning this to a signal puts back its initial value. */
export const DEFAULT: unique symbol = Symbol.for('@revideo/core/signals/default') as never;
