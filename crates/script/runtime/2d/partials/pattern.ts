import type {SignalValue, SimpleSignal} from '@revideo/core';
import {initializeSignals} from '../decorators/initializeSignals';
import {initial, signal} from '../decorators/signal';
import {canvas} from '../../globals/canvas';
import type {DrawingContext} from './drawingContext';
import {loadAsset} from '../native/loadAsset';

/** Along which axes a pattern repeats. */
export type CanvasRepetition = null | 'repeat' | 'repeat-x' | 'repeat-y' | 'no-repeat';

/** A picture: its address, or an object that has one. */
export type PatternImage = string | {src: string};

export interface PatternProps {
  image: SignalValue<PatternImage>;
  repetition?: SignalValue<CanvasRepetition>;
}

/** A repeated picture in the shape's own space. */
export class Pattern {
  @signal()
  declare public readonly image: SimpleSignal<PatternImage, this>;

  @initial(null)
  @signal()
  declare public readonly repetition: SimpleSignal<CanvasRepetition, this>;

  public constructor(props: PatternProps) {
    initializeSignals(this, props);
  }

  /** The pattern as a canvas context takes it. */
  public canvasPattern(context: DrawingContext): any {
    const src = this.$$src();
    const image = canvas().HTMLImageElement.$$of(src, loadAsset(src, 'pixels'));
    return context.createPattern(image, this.repetition());
  }

  /** The pattern as the stage takes it. */
  public $$encode(): unknown {
    return {type: 'pattern', asset: loadAsset(this.$$src(), 'pixels').id, repetition: this.repetition() ?? 'repeat'};
  }

  private $$src(): string {
    const image = this.image();
    const src = typeof image === 'string' ? image : image?.src;
    if (typeof src !== 'string') {
      throw new Error('a Pattern needs `image` to be an address, or an object with a `src`');
    }
    return src;
  }
}
