import type { Direction, Origin } from '@revideo/core';
/** A point of the box in the parent's space; setting it moves the box. */
export declare function originSignal(origin: Origin | Direction): PropertyDecorator;
