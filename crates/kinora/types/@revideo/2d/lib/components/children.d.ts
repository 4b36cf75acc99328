import type { Node } from './Node';
import type { StageProperty } from '../native/stageProperty';
/** What may stand among a node's children; all but nodes is left out (a text takes strings too). */
export type ComponentChild = Node | object | string | number | bigint | boolean | null | undefined;
/** One child or several. */
export type ComponentChildren = ComponentChild | ComponentChild[];
/** The nodes among children. */
export declare function childList(children: ComponentChildren): Node[];
/** Keeps reactive children up to date; the list itself is written apart. */
export declare const CHILDREN: StageProperty;
