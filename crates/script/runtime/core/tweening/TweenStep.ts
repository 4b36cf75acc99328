import {FrameStep} from '../threading/FrameStep';
import type {Thread} from '../threading/Thread';

/** Tells a function how far a tween has come. */
export class TweenStep extends FrameStep {
  public readonly start: number;
  public readonly end: number;

  public constructor(
    thread: Thread,
    private readonly seconds: number,
    private readonly onProgress: (value: number, time: number) => void,
  ) {
    super(thread);
    this.start = thread.now;
    this.end = this.start + seconds;
  }

  protected override take(): boolean {
    const {fixed} = this.thread;
    if (!(fixed < this.end)) return false;
    const time = fixed - this.start;
    // A task that starts between two frames has its first moment in the next one.
    if (time > 0) this.onProgress(time / this.seconds, time);
    return true;
  }
}
