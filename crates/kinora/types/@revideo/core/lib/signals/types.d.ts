import type { ThreadGenerator } from '../threading/ThreadGenerator';
import type { InterpolationFunction, TimingFunction } from '../tweening/types';
import type { DEFAULT } from './symbols';
/** A value, or a function computing it from other signals. */
export type SignalValue<TValue> = TValue | (() => TValue);
/** Reads a signal. */
export interface SignalGetter<TValue> {
    (): TValue;
}
/** Sets a signal and returns its owner. */
export interface SignalSetter<TValue, TOwner = void> {
    (value: SignalValue<TValue> | typeof DEFAULT): TOwner;
}
/** Creates a task that moves a signal to a value in `duration` seconds. */
export interface SignalTween<TSetterValue, TValue extends TSetterValue = TSetterValue> {
    (value: SignalValue<TSetterValue> | typeof DEFAULT, duration: number, timingFunction?: TimingFunction, interpolationFunction?: InterpolationFunction<TValue>): SignalGenerator<TSetterValue, TValue>;
}
/** A tween that further tweens can be appended to. */
export interface SignalGenerator<TSetterValue, TValue extends TSetterValue = TSetterValue> extends ThreadGenerator {
    /** Then tween to `value`; timing and interpolation default to the previous ones. */
    to(value: SignalValue<TSetterValue> | typeof DEFAULT, duration: number, timingFunction?: TimingFunction, interpolationFunction?: InterpolationFunction<TValue>): SignalGenerator<TSetterValue, TValue>;
    /** Then tween back to the value the signal had when this task was created. */
    back(duration: number, timingFunction?: TimingFunction, interpolationFunction?: InterpolationFunction<TValue>): SignalGenerator<TSetterValue, TValue>;
    /** Then wait. */
    wait(duration: number): SignalGenerator<TSetterValue, TValue>;
    /** Then run another task. */
    run(task: ThreadGenerator): SignalGenerator<TSetterValue, TValue>;
    /** Then call a function. */
    do(callback: () => void): SignalGenerator<TSetterValue, TValue>;
}
/** What a tween, once created, is called in type annotations. */
export interface SignalExtensions<TSetterValue, TValue extends TSetterValue = TSetterValue> {
    getter(): TValue;
    setter(value: SignalValue<TSetterValue> | typeof DEFAULT): void;
    tweener(value: SignalValue<TSetterValue>, duration: number, timingFunction: TimingFunction, interpolationFunction: InterpolationFunction<TValue>): ThreadGenerator;
}
