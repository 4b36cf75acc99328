import {tween} from '@revideo/core';
import type {Signal, SignalValue, SimpleSignal, ThreadGenerator, TimingFunction} from '@revideo/core';
import {codeFont} from '../code/CodeFont';
import type {CodeFont} from '../code/CodeFont';
import {lines, parseCodeSelection} from '../code/range';
import type {CodeSelection, PossibleCodeSelection} from '../code/range';
import {computed} from '../decorators/computed';
import {cloneable, initial, parser, signal} from '../decorators/signal';
import {nodeKind} from '../native/nodeKind';
import {one} from '../native/stageProperty';
import {Shape} from './Shape';

/** What nodes that show code have in common: their font, their size, and a selection that moves. */
@nodeKind('code', {
  derived: [
    one('measured', true, node => node.$$encodeSize()),
    one('texts', false, node => node.$$encodeTexts()),
  ],
})
export abstract class CodeShape extends Shape {
  @initial(lines(0, Infinity))
  @parser(parseCodeSelection)
  @signal()
  declare public readonly selection: Signal<PossibleCodeSelection, CodeSelection, this>;

  /** How far a tween of the selection is. */
  @cloneable(false)
  @initial(null)
  @signal()
  declare public readonly selectionProgress: SimpleSignal<number | null, this>;

  /** What was selected before, while the selection moves. */
  protected oldSelection: CodeSelection | null = null;

  protected *tweenSelection(
    value: SignalValue<PossibleCodeSelection>,
    duration: number,
    timing: TimingFunction,
  ): ThreadGenerator {
    this.oldSelection = this.selection();
    this.selectionProgress(0);
    this.selection(value);
    yield* tween(duration, progress => {
      this.selectionProgress(timing(progress));
    });
    this.selectionProgress(null);
    this.oldSelection = null;
  }

  protected override desiredSize(): {x: number; y: number} {
    const [x, y] = this.$$encodeSize();
    return {x, y};
  }

  protected override $$hasFreeSize(): boolean {
    return false;
  }

  /** Width and height as the stage takes them. */
  public abstract $$encodeSize(): [number, number];

  /** The texts, and of each where its baseline begins and its colour. */
  public abstract $$encodeTexts(): [string, number[]] | null;

  /** The font that the code is set in. */
  @computed()
  public $$font(): CodeFont {
    return codeFont({
      fontFamily: this.fontFamily(),
      fontSize: this.fontSize(),
      fontStyle: this.fontStyle(),
      fontWeight: this.fontWeight(),
      letterSpacing: this.letterSpacing(),
    });
  }

  /** From one line to the next, in pixels. */
  public $$lineHeight(): number {
    return this.$$font().lineHeight(this.lineHeight(), this.fontSize());
  }
}
