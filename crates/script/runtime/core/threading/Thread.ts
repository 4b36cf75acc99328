import {createSignal} from '../signals/createSignal';
import type {SimpleSignal} from '../signals/SignalContext';
import {useLogger} from '../utils/useScene';
import {threadStack} from '../utils/useThread';
import {getTaskName, setTaskName} from './names';
import type {FrameStep} from './FrameStep';
import {noop} from './noop';
import type {ThreadGenerator} from './ThreadGenerator';

const PAUSED: IteratorResult<any, void> = {value: null, done: false};

/** A task that knows the thread it runs in. */
type Task = ThreadGenerator & {task?: Thread};

/** A running task with its own clock. */
export class Thread {
  public children: Thread[] = [];
  /** What the next resumption hands to the task. */
  public value: unknown = undefined;
  /** Seconds since the scene's start as the sum of the frames passed. */
  public fixed = 0;
  /**
   * Seconds since the scene's start at which the frame being drawn begins. While the frame's tasks
   * run that is {@link fixed}; past the frame boundary `fixed` is one frame ahead of it.
   */
  public frameTime = 0;
  public parent: Thread | null = null;
  public readonly runner: Task;

  /** Whether this thread or one it belongs to was cancelled or has finished. */
  public canceled = false;
  /** Whether this thread or one it belongs to is paused. */
  public paused = false;

  private static ends = 0;

  /** What the scheduler does in the task's place. */
  public step: FrameStep | null = null;

  /** The time as long as nobody has asked for the signal. */
  public clock = 0;
  public timeSignal: SimpleSignal<number> | null = null;
  /** Whether children have ended since the last frame. */
  public lostChildren = false;
  private closed = false;
  private ownPause = false;
  private queue: ThreadGenerator[] | null = null;

  /** How many threads have ended so far; tells whether a list of threads may hold ended ones. */
  public static get endCount(): number {
    return Thread.ends;
  }

  /**
   * Seconds since the scene's start, sub-frame remainders included. Runs ahead of, or behind,
   * {@link fixed} by less than a frame.
   */
  public get time(): SimpleSignal<number> {
    return (this.timeSignal ??= createSignal<number>(this.clock));
  }

  /** The value of {@link time}, without the cost of a signal. */
  public get now(): number {
    return this.timeSignal === null ? this.clock : this.timeSignal.context.getter();
  }

  public set now(value: number) {
    if (this.timeSignal === null) this.clock = value;
    else this.timeSignal.context.setter(value);
  }

  public get root(): Thread {
    return this.parent === null ? this : this.parent.root;
  }

  public constructor(runner: ThreadGenerator, parent: Thread | null = null) {
    if ((runner as Task).task) {
      useLogger().error({
        message: `the task \`${getTaskName(runner)}\` is already running and cannot be run a second time`,
        remarks: 'call the generator function again to get a second task',
        stack: new Error().stack,
      });
      const name = getTaskName(runner);
      runner = noop();
      setTaskName(runner, name);
    }
    this.runner = runner;
    this.runner.task = this;
    if (parent !== null) {
      this.clock = parent.now;
      this.fixed = parent.fixed;
      this.frameTime = parent.fixed;
      parent.add(this);
    }
  }

  /** Resumes the task. */
  public next(): IteratorResult<any, void> {
    if (this.paused) return PAUSED;
    this.frameTime = this.fixed;
    threadStack.push(this);
    try {
      const result = this.runner.next(this.value);
      this.value = null;
      return result;
    } finally {
      threadStack.pop();
    }
  }

  /** Advances over a frame boundary, `dt` in seconds; the thread is appended to `running`, tasks that start before. */
  public pass(dt: number, running: Thread[]): void {
    this.update(dt);
    this.drain(running);
    running.push(this);
  }

  /** Advances the clock over a frame boundary, `dt` in seconds. */
  public update(dt: number): void {
    if (!this.paused) {
      if (this.timeSignal === null) this.clock += dt;
      else this.now += dt;
      this.fixed += dt;
    }
    if (this.lostChildren) {
      this.lostChildren = false;
      this.children = this.children.filter(child => !child.canceled);
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
    if (this.canceled) child.end();
    if (this.paused) child.inheritPause();
  }

  /** Makes the queued tasks children; they are appended to `running`. */
  public drain(running: Thread[]): void {
    const {queue} = this;
    if (queue === null) return;
    this.queue = null;
    for (const task of queue) running.push(new Thread(task, this));
  }

  /** Ends the task and, with it, its children. */
  public cancel(): void {
    if (this.closed) return;
    this.closed = true;
    // An iterator that is no generator may have no `return`.
    this.runner.return?.();
    this.end();
    if (this.queue !== null) for (const task of this.queue) task.return?.();
    this.queue = null;
  }

  public pause(value: boolean): void {
    this.ownPause = value;
    this.inheritPause();
  }

  /** The thread that runs a task, if any does. */
  public static of(task: ThreadGenerator): Thread | undefined {
    return (task as Task).task;
  }

  private end(): void {
    if (this.canceled) return;
    this.canceled = true;
    Thread.ends++;
    if (this.parent !== null) this.parent.lostChildren = true;
    for (const child of this.children) child.end();
  }

  private inheritPause(): void {
    this.paused = this.ownPause || (this.parent !== null && this.parent.paused);
    for (const child of this.children) child.inheritPause();
  }
}
