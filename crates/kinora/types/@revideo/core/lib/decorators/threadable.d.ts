/** Names the tasks that a generator method makes. */
export declare function threadable(customName?: string): MethodDecorator;
/** Whether a function was marked with {@link threadable}. */
export declare function isThreadable(value: any): boolean;
