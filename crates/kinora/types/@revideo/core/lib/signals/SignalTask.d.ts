import type { SignalContext } from './SignalContext';
import type { SignalGenerator } from './types';
/** An empty chainable task for a signal. */
export declare function createSignalTask(context: SignalContext<any, any, any>, origin: unknown): SignalGenerator<any, any>;
