/** The browser's interactive player. */
export declare class Player {
    constructor(..._args: unknown[]);
}
