import {errorToLog} from '../utils/errorToLog';
import {useLogger} from '../utils/useScene';
import {DependencyContext} from './DependencyContext';

/** Runs a function for its side effects whenever a signal it reads has changed. */
export class EffectContext extends DependencyContext<any> {
  private static deferred: EffectContext[] = [];

  /** Runs the deferred effects that are due; called at the end of a frame's step. */
  public static flush(): void {
    while (EffectContext.deferred.length > 0) {
      const due = EffectContext.deferred;
      EffectContext.deferred = [];
      for (const effect of due) effect.$$run();
    }
  }

  private $$stopped = false;
  private readonly $$isDeferred: boolean;

  public constructor(
    private readonly callback: () => void,
    isDeferred: boolean,
  ) {
    super(undefined);
    this.$$isDeferred = isDeferred;
    this.markDirty();
  }

  public override markDirty(): void {
    if (this.$$stopped) return;
    if (this.$$isDeferred) EffectContext.deferred.push(this);
    // A change made by the effect itself does not run it again.
    else if (!this.$$collecting) this.$$run();
  }

  public override dispose(): void {
    super.dispose();
    this.$$stopped = true;
  }

  private $$run(): void {
    if (this.$$stopped) return;
    this.startCollecting();
    try {
      this.callback();
    } catch (error) {
      useLogger().error(errorToLog(error));
    } finally {
      this.finishCollecting();
    }
  }
}
