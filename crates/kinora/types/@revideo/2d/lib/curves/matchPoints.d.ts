import { Vector2 } from '@revideo/core';
/**
 * Makes two lists of points equally long, so that they can blend one by one.
 *
 * The shorter one gets points in the middle of its longest pieces; its form stays the same. A closed
 * target is then turned round, and run through backwards, to where the points have the least way to go.
 */
export declare function matchPoints(from: Vector2[], to: Vector2[], closed: boolean): [Vector2[], Vector2[]];
