import type { SubscribableValueEvent } from '../events/ValueDispatcher';
import type { Thread } from '../threading/Thread';
/** Something that runs a thread; scenes do. */
export interface Threadable {
    get onThreadChanged(): SubscribableValueEvent<Thread | null>;
}
/** Whether something tells which thread it runs. */
export declare function isThreadable(value: any): value is Threadable;
