import type {AffineInit} from '../core/types/Affine';
import {CanvasRenderingContext2D} from './CanvasRenderingContext2D';
import type {CanvasTarget} from './CanvasRenderingContext2D';
import {domError} from './errors';

/** The film's canvas as scripts see it. */
export class FilmCanvas implements CanvasTarget {
  public constructor(
    public readonly width: number,
    public readonly height: number,
  ) {}

  public getContext(): null {
    return null;
  }

  public $$drawable(): never {
    throw domError('InvalidStateError', 'the film cannot be drawn into itself: draw on a canvas of your own first');
  }
}

/** What a node is drawn with; its space begins as the node's, or as its parent's. */
export class NodeContext extends CanvasRenderingContext2D {
  public constructor(
    canvas: CanvasTarget,
    /** From that space to the film's pixels. */
    private readonly toCanvas: () => AffineInit,
  ) {
    super(canvas);
  }

  protected override $$base(): AffineInit {
    return this.toCanvas();
  }

  /** What lies below on the film is not this context's to forget. */
  protected override $$mayForget(): boolean {
    return false;
  }

  static {
    // Each call is looked for from here on: it is found at once where it is the class's own.
    let base = Object.getPrototypeOf(this.prototype) as object;
    for (; base !== Object.prototype; base = Object.getPrototypeOf(base) as object) {
      for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(base))) {
        if (!Object.hasOwn(this.prototype, name)) Object.defineProperty(this.prototype, name, property);
      }
    }
  }
}
