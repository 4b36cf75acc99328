import type {SignalValue, SimpleSignal} from '@revideo/core';
import {initializeSignals} from '../decorators/initializeSignals';
import {initial, signal} from '../decorators/signal';
import {canvas} from '../../globals/canvas';
import type {DrawingContext} from './drawingContext';
import {loadAsset} from '../native/loadAsset';

/** Along which axes a pattern repeats. */
export type CanvasRepetition = null | 'repeat' | 'repeat-x' | 'repeat-y' | 'no-repeat';

/** A picture: its address, an object that has one, or what a canvas draws. */
export type PatternImage = string | {src: string} | {width: number; height: number};

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
    const image = src === null ? this.image() : canvas().HTMLImageElement.$$of(src, loadAsset(src, 'pixels'));
    return context.createPattern(image, this.repetition());
  }

  /** The pattern as the stage takes it. */
  public $$encode(): unknown {
    const src = this.$$src();
    const asset = src === null ? canvas().pictureOf(this.image()) : loadAsset(src, 'pixels').id;
    return {type: 'pattern', asset, repetition: this.repetition() ?? 'repeat'};
  }

  /** The address of the picture; null of one that a canvas draws. */
  private $$src(): string | null {
    const image = this.image();
    const src = typeof image === 'string' ? image : (image as {src?: string} | null | undefined)?.src;
    if (typeof src === 'string') return src;
    if (typeof (image as {$$drawable?: unknown} | null | undefined)?.$$drawable === 'function') return null;
    throw new Error('a Pattern needs `image` to be an address, an object with a `src`, or a canvas');
  }
}
