/** The project's variables as a scene sees them. */
export declare class Variables {
    private readonly signals;
    private readonly initials;
    private variables;
    constructor(_scene?: unknown);
    /**
     * A function that reads a variable. A value of null or undefined in the project counts as absent;
     * the `initial` of the first call holds for the scene.
     */
    get<T>(name: string, initial: T): () => T;
    /** Replaces the project's variables; those already read take their new value. */
    updateSignals(variables: Record<string, unknown>): void;
    /** Forgets the signals; the scene is starting over. */
    clear(): void;
    /** The variables read so far, with the value to be used in their absence. */
    read(): {
        name: string;
        initial: unknown;
    }[];
}
