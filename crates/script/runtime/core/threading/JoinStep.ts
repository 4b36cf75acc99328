import {FrameStep} from './FrameStep';
import type {Thread} from './Thread';

/** Waits until all of some threads have ended. */
export class JoinStep extends FrameStep {
  private ended = 0;

  public constructor(
    thread: Thread,
    private readonly children: Thread[],
  ) {
    super(thread);
  }

  public override advance(): boolean {
    return this.take();
  }

  protected override take(): boolean {
    const {children} = this;
    let index = this.ended;
    while (index < children.length && children[index].canceled) index++;
    this.ended = index;
    return index < children.length;
  }
}
