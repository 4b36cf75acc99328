/** The browser's canvas that scenes are drawn on. */
export declare class Stage {
    constructor(..._args: unknown[]);
}
