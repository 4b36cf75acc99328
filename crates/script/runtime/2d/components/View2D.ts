import {Vector2} from '@revideo/core';
import {nodeName} from '../decorators/nodeName';
import {nodeKind} from '../native/nodeKind';
import {useScene2D} from '../scenes/useScene2D';
import {Rect} from './Rect';
import type {RectProps} from './Rect';
import type {Node} from './Node';

export interface View2DProps extends RectProps {
  /** The scene's size in pixels before scaling. */
  sceneSize: Vector2;
  /** Pixels of the film per pixel of the scene. */
  resolutionScale: number;
}

/** The root of a scene: its origin is the middle of the picture, its fill the background. */
@nodeName('View2D')
@nodeKind('view', {
  // The view's size is told once, when it is made.
  properties: {size: null},
})
export class View2D extends Rect {
  private readonly $$sceneSize: Vector2;
  private readonly $$resolutionScale: number;

  public constructor({sceneSize, resolutionScale, ...props}: View2DProps) {
    super({
      composite: true,
      fontFamily: 'Roboto',
      fontSize: 48,
      fontStyle: 'normal',
      fontWeight: 400,
      lineHeight: '120%',
      letterSpacing: 0,
      textWrap: false,
      textAlign: 'start',
      ...props,
    });
    this.$$sceneSize = sceneSize;
    this.$$resolutionScale = resolutionScale;
    this.$$stageLink.viewId = this.$$nativeId;
    const {x, y} = sceneSize;
    __kinora.write([this.$$nativeId, 'size', [x, y], this.$$nativeId, 'resolutionScale', resolutionScale]);
  }

  public override view(): View2D {
    return this;
  }

  /** The node with a key. */
  public findKey<T extends Node = Node>(key: string): T | null {
    return useScene2D().getNode(key) as T | null;
  }

  /** Seconds of the film. */
  public globalTime(): number {
    return useScene2D().playback.time;
  }

  /** Frames per second of the film. */
  public fps(): number {
    return useScene2D().playback.fps;
  }

  /** Whether the film plays, is rendered or rests. */
  public playbackState(): number {
    return useScene2D().playback.state;
  }

  public override layoutEnabled(): boolean {
    return this.layout() ?? false;
  }

  public override isLayoutRoot(): boolean {
    return true;
  }

  public override computedSize(): Vector2 {
    return new Vector2(this.$$sceneSize.x, this.$$sceneSize.y);
  }

  protected getDefaultPosition(): Vector2 {
    return new Vector2(this.$$sceneSize.x, this.$$sceneSize.y).scale(this.$$resolutionScale / 2);
  }

  protected getDefaultScale(): number {
    return this.$$resolutionScale;
  }
}
