/** Lets one asynchronous section in at a time. */
export declare class Semaphore {
    private locked;
    private readonly waiting;
    acquire(): Promise<void>;
    release(): void;
}
