import {createSignal} from '../signals/createSignal';
import type {SimpleSignal} from '../signals/SignalContext';
import {useLogger} from '../utils/useScene';
import {endThread, startThread} from '../utils/useThread';
import {getTaskName, setTaskName} from './names';
import {noop} from './noop';
import type {ThreadGenerator} from './ThreadGenerator';

const OWNER = Symbol('thread');

/** A running task with its own clock. */
export class Thread {
  public children: Thread[] = [];
  /** What the next resumption hands to the task. */
  public value: unknown = undefined;
  /**
   * Seconds since the scene's start, sub-frame remainders included. Runs ahead of, or behind,
   * {@link fixed} by less than a frame.
   */
  public readonly time: SimpleSignal<number>;
  /** Seconds since the scene's start as the sum of the frames passed. */
  public fixed = 0;
  /**
   * Seconds since the scene's start at which the frame being drawn begins. While the frame's tasks
   * run that is {@link fixed}; past the frame boundary `fixed` is one frame ahead of it.
   */
  public frameTime = 0;
  public parent: Thread | null = null;
  public readonly runner: ThreadGenerator & {task?: Thread};

  private isCanceled = false;
  private isPaused = false;
  private queue: ThreadGenerator[] | null = null;

  /** Whether this thread or one it belongs to was cancelled or has finished. */
  public get canceled(): boolean {
    return this.isCanceled || (this.parent !== null && this.parent.canceled);
  }

  /** Whether this thread or one it belongs to is paused. */
  public get paused(): boolean {
    return this.isPaused || (this.parent !== null && this.parent.paused);
  }

  public get root(): Thread {
    return this.parent === null ? this : this.parent.root;
  }

  public constructor(runner: ThreadGenerator, parent: Thread | null = null) {
    if ((runner as any)[OWNER]) {
      useLogger().error({
        message: `the task \`${getTaskName(runner)}\` is already running and cannot be run a second time`,
        remarks: 'call the generator function again to get a second task',
        stack: new Error().stack,
      });
      const name = getTaskName(runner);
      runner = noop();
      setTaskName(runner, name);
    }
    (runner as any)[OWNER] = this;
    this.runner = runner;
    this.time = createSignal(parent === null ? 0 : parent.time());
    if (parent !== null) {
      this.fixed = parent.fixed;
      this.frameTime = parent.fixed;
      parent.add(this);
    }
  }

  /** Resumes the task. */
  public next(): IteratorResult<any, void> {
    if (this.paused) return {value: undefined, done: false};
    this.frameTime = this.fixed;
    startThread(this);
    try {
      const result = this.runner.next(this.value);
      this.value = undefined;
      return result;
    } finally {
      endThread(this);
    }
  }

  /** Advances the clock over a frame boundary, `dt` in seconds. */
  public update(dt: number): void {
    if (!this.paused) {
      const {context} = this.time;
      context.setter(context.getter() + dt);
      this.fixed += dt;
    }
    const {children} = this;
    for (let index = 0; index < children.length; index++) {
      if (!children[index].canceled) continue;
      this.children = children.filter(child => !child.canceled);
      break;
    }
  }

  /** Queues a task; it starts as a child with the next frame. */
  public spawn(child: ThreadGenerator | (() => ThreadGenerator)): ThreadGenerator {
    const task = typeof child === 'function' ? child() : child;
    (this.queue ??= []).push(task);
    return task;
  }

  public add(child: Thread): void {
    child.parent = this;
    this.children.push(child);
  }

  /** Hands the queued tasks over. */
  public drain(start: (task: ThreadGenerator) => void): void {
    const {queue} = this;
    if (queue === null) return;
    this.queue = null;
    for (const task of queue) start(task);
  }

  /** Ends the task and, with it, its children. */
  public cancel(): void {
    if (this.isCanceled) return;
    this.isCanceled = true;
    this.runner.return();
    this.drain(task => task.return());
  }

  public pause(value: boolean): void {
    this.isPaused = value;
  }

  /** The thread that runs a task, if any does. */
  public static of(task: ThreadGenerator): Thread | undefined {
    return (task as any)[OWNER];
  }
}
