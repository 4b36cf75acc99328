import {FrameStep} from './FrameStep';
import type {Thread} from './Thread';

/** Waits as long as a thread's sum of frames is less than a moment. */
export class WaitStep extends FrameStep {
  public constructor(
    thread: Thread,
    private readonly moment: number,
  ) {
    super(thread);
  }

  public override advance(): boolean {
    return this.thread.fixed < this.moment;
  }

  protected override take(): boolean {
    return this.thread.fixed < this.moment;
  }
}
