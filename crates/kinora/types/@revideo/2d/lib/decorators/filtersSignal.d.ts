import { SignalContext } from '@revideo/core';
import type { InterpolationFunction, Signal, SignalGenerator, SignalValue, ThreadGenerator, TimingFunction } from '@revideo/core';
import { Filter } from '../partials/filter';
import type { FilterName } from '../partials/filter';
/** Reads, sets or tweens one filter of a node, creating it on demand. */
export interface FilterAccess<TOwner> {
    (): number;
    (value: SignalValue<number>): TOwner;
    (value: SignalValue<number>, duration: number, timing?: TimingFunction): SignalGenerator<number, number>;
}
/** The filters of a node: a list, and one callable per filter name. */
export type FiltersSignal<TOwner> = Signal<Filter[], Filter[], TOwner, FiltersSignalContext<TOwner>> & {
    [K in FilterName]: FilterAccess<TOwner>;
};
/** Holds a node's list of filters. */
export declare class FiltersSignalContext<TOwner> extends SignalContext<Filter[], Filter[], TOwner> {
    #private;
    /** The callable, with the accessors of the single filters. */
    toSignal(): FiltersSignal<TOwner>;
    tweener(value: any, duration: number, timing: TimingFunction, _interpolation: InterpolationFunction<Filter[]>): ThreadGenerator;
}
/** The list of a node's filters. */
export declare function filtersSignal(): PropertyDecorator;
