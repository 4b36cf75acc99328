/** The numbers, by slot. */
export declare let values: Float64Array<ArrayBuffer>;
/** Which slots have changed since the host was told, after how many they are; a row of slots is named by its first. */
export declare let changed: Uint32Array<ArrayBuffer>;
/** The turn in which a slot was last noted to have changed. */
export declare let marks: Uint32Array<ArrayBuffer>;
/** Counts how often the host was told. */
export declare let turn: number;
/** Which row of numbers was last put behind a slot, by that slot. */
export declare const rows: (readonly number[])[];
/** Takes `count` slots in a row and returns the first. */
export declare function takeSlots(count: number): number;
/** Puts numbers behind a slot and the one after it, in which the host sees that they are others. */
export declare function putRow(slot: number, row: readonly number[]): void;
/** Notes that a row of slots has changed. */
export declare function noteSlots(first: number): void;
/** Begins anew: the host has been told. */
export declare function nextTurn(): void;
