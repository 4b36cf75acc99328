/** Names the tasks that a generator method makes: `getTaskName` finds the name, and so do messages. */
export declare function threadable(customName?: string): MethodDecorator;
