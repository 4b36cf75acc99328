import {useLogger} from '@revideo/core';
import type {SignalValue, SimpleSignal} from '@revideo/core';
import {nodeName} from '../decorators/nodeName';
import {initial, signal} from '../decorators/signal';
import {typeset} from '../latex/typeset';
import {loadAsset} from '../native/loadAsset';
import {nodeKind} from '../native/nodeKind';
import {PICTURE_SOURCE} from '../native/pictureSource';
import {Img} from './Img';
import type {ImgProps} from './Img';

export interface LatexProps extends ImgProps {
  tex?: SignalValue<string>;
  /** What MathJax is told of how to set it (`em`, `display`, `scale`, …). */
  options?: SignalValue<Record<string, unknown>>;
  renderProps?: SignalValue<Record<string, unknown>>;
}

/** A formula, set by MathJax as a picture. It is black unless it says otherwise (`\color{white}`). */
@nodeName('Latex')
@nodeKind('img', {properties: {src: null}, derived: [PICTURE_SOURCE]})
export class Latex extends Img {
  /** The formula in TeX. */
  @initial('')
  @signal()
  declare public readonly tex: SimpleSignal<string, this>;

  @initial({})
  @signal()
  declare public readonly options: SimpleSignal<Record<string, unknown>, this>;

  /** The last formula whose fault was told. */
  #told = '';

  public constructor(props: LatexProps) {
    super({...props, src: null});
  }

  protected override $$asset(): NativeAsset {
    return loadAsset(this.$$picture(), 'image');
  }

  /** The formula as the address of a picture. */
  public $$picture(): string {
    const tex = this.tex();
    const {svg, fault} = typeset(tex, this.options());
    if (fault !== null && this.#told !== tex) {
      this.#told = tex;
      useLogger().error({message: `\`${this.key}\`: the formula cannot be set: ${fault}`, inspect: this.key});
    }
    return `data:image/svg+xml,${encodeURIComponent(svg)}`;
  }
}
