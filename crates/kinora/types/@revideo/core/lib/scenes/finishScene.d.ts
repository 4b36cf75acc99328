/** Lets the next scene begin while this one goes on. */
export declare function finishScene(): void;
