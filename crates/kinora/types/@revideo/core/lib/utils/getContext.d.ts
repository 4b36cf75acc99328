/** There is no canvas here: always throws. */
export declare function getContext(_options?: unknown, _canvas?: unknown): never;
