import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {useLogger} from '../utils/useScene';
import {useThread} from '../utils/useThread';

/** A damped harmonic oscillator. */
export interface Spring {
  mass: number;
  stiffness: number;
  damping: number;
  initialVelocity?: number;
}

/** Called with the spring's position and the seconds since its start. */
export interface ProgressFunction {
  (value: number, time: number): void;
}

/** Seconds per step of the simulation. */
const STEP = 1 / 120;

decorate(spring, threadable());

export function spring(
  spring: Spring | null,
  from: number,
  to: number,
  onProgress: ProgressFunction,
  onEnd?: ProgressFunction,
): ThreadGenerator;
export function spring(
  spring: Spring | null,
  from: number,
  to: number,
  settleTolerance: number,
  onProgress: ProgressFunction,
  onEnd?: ProgressFunction,
): ThreadGenerator;
/** Moves from `from` to `to` on a spring until it is within the tolerance (0.001) of rest. */
export function* spring(
  spring: Spring | null,
  from: number,
  to: number,
  third: number | ProgressFunction,
  fourth?: ProgressFunction,
  fifth?: ProgressFunction,
): ThreadGenerator {
  const hasTolerance = typeof third === 'number';
  const tolerance = hasTolerance ? third : 0.001;
  const onProgress = hasTolerance ? fourth! : third;
  const onEnd = hasTolerance ? fifth : fourth;
  const {mass, stiffness, damping, initialVelocity} = spring ?? {
    mass: 0.05,
    stiffness: 10,
    damping: 0.5,
    initialVelocity: 0,
  };
  if (mass <= 0 || stiffness < 0 || damping < 0) {
    useLogger().error({
      message: `a spring needs mass > 0, stiffness >= 0 and damping >= 0; got ${mass}, ${stiffness}, ${damping}`,
      stack: new Error().stack,
    });
    return;
  }

  const thread = useThread();
  const start = thread.now;
  let simulated = start;
  let position = from;
  let velocity = initialVelocity ?? 0;
  onProgress(from, 0);

  let settled = false;
  while (!settled) {
    while (simulated < thread.fixed) {
      const step = Math.min(STEP, thread.fixed - simulated);
      const force = -stiffness * (position - to) - damping * velocity;
      velocity += (force / mass) * step;
      position += velocity * step;
      simulated += step;
      if (Math.abs(to - position) < tolerance && Math.abs(velocity) < tolerance) {
        thread.now = simulated;
        settled = true;
        break;
      }
    }
    if (!settled) {
      onProgress(position, thread.fixed - start);
      yield;
    }
  }
  onProgress(to, thread.fixed - start);
  onEnd?.(to, thread.fixed - start);
}

export function makeSpring(mass: number, stiffness: number, damping: number, initialVelocity?: number): Spring {
  return {mass, stiffness, damping, initialVelocity};
}

export const BeatSpring: Spring = makeSpring(0.13, 5.7, 1.2, 10.0);
export const PlopSpring: Spring = makeSpring(0.2, 20.0, 0.68, 0.0);
export const BounceSpring: Spring = makeSpring(0.08, 4.75, 0.05, 0.0);
export const SwingSpring: Spring = makeSpring(0.39, 19.85, 2.82, 0.0);
export const JumpSpring: Spring = makeSpring(0.04, 10.0, 0.7, 8.0);
export const StrikeSpring: Spring = makeSpring(0.03, 20.0, 0.9, 4.8);
export const SmoothSpring: Spring = makeSpring(0.16, 15.35, 1.88, 0.0);
