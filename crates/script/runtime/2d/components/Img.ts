import {Color, Vector2, useLogger} from '@revideo/core';
import type {PossibleVector2, SignalValue, SimpleSignal} from '@revideo/core';
import {canvas} from '../../globals/canvas';
import {nodeName} from '../decorators/nodeName';
import {initial, signal} from '../decorators/signal';
import {loadAsset} from '../native/loadAsset';
import {nodeKind} from '../native/nodeKind';
import {PICTURE_SOURCE} from '../native/pictureSource';
import {flag, value} from '../native/stageProperty';
import {Rect} from './Rect';
import type {RectProps} from './Rect';

export interface ImgProps extends RectProps {
  src?: SignalValue<string | null>;
  alpha?: SignalValue<number>;
  smoothing?: SignalValue<boolean>;
}

/** A still picture, stretched over its box; without a size it has the picture's own. */
@nodeName('Img')
@nodeKind('img', {
  properties: {
    src: PICTURE_SOURCE,
    alpha: value('alpha'),
    smoothing: flag('smoothing'),
  },
})
export class Img extends Rect {
  /** A URL, a `data:` URL, or a path below `public/`. */
  @signal()
  declare public readonly src: SimpleSignal<string | null, this>;
  /** Opacity of the picture alone. */
  @initial(1)
  @signal()
  declare public readonly alpha: SimpleSignal<number, this>;
  @initial(true)
  @signal()
  declare public readonly smoothing: SimpleSignal<boolean, this>;

  public constructor(props: ImgProps = {}) {
    super(props);
    if (!('src' in props)) {
      useLogger().warn({
        message: `\`${this.key}\` has no \`src\`: no picture is drawn`,
        remarks: 'write `<Img src="…">` with a URL or a path below `public/`',
        inspect: this.key,
      });
    }
  }

  /** The picture's size in its own pixels; zero without a picture. */
  public naturalSize(): Vector2 {
    const asset = this.$$asset();
    return asset === null ? new Vector2(0, 0) : new Vector2(asset.width, asset.height);
  }

  /** The picture's colour at a point of the node's own space. */
  public getColorAtPoint(position: PossibleVector2): Color {
    const size = this.computedSize();
    const scale = this.naturalSize().div(size);
    return this.getPixelColor(new Vector2(position).add(size.scale(0.5)).mul(scale));
  }

  /** The colour of a pixel, counted from the picture's top left corner. */
  public getPixelColor(position: PossibleVector2): Color {
    const asset = this.$$asset();
    if (asset === null) return new Color({r: 0, g: 0, b: 0, a: 0});
    const {x, y} = new Vector2(position);
    const [r, g, b, a] = __kinora.pixel(asset.id, Math.floor(x), Math.floor(y));
    return new Color({r, g, b, a: a / 255});
  }

  /** The picture as a canvas draws it. */
  protected image(): any {
    const asset = this.$$asset();
    const {HTMLImageElement} = canvas();
    return asset === null ? new HTMLImageElement() : HTMLImageElement.$$of(String(this.src()), asset);
  }

  /** Picture and size as the stage takes them. */
  public $$encodeSource(): [string | null, [number, number]] {
    const asset = this.$$asset();
    return asset === null ? [null, [0, 0]] : [asset.id, [asset.width, asset.height]];
  }

  protected $$asset(): NativeAsset | null {
    const src = this.src();
    return src ? loadAsset(src, 'image') : null;
  }

  protected override collectAsyncResources(): void {
    super.collectAsyncResources();
    this.$$asset();
  }
}

