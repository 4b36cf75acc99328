import {useLogger} from '@revideo/core';
import type {PossibleColor, SignalValue, SimpleSignal} from '@revideo/core';
import {colorSignal} from '../decorators/colorSignal';
import type {ColorSignal} from '../decorators/colorSignal';
import {nodeName} from '../decorators/nodeName';
import {initial, signal} from '../decorators/signal';
import {loadAsset} from '../native/loadAsset';
import {nodeKind} from '../native/nodeKind';
import {PICTURE_SOURCE} from '../native/pictureSource';
import {Img} from './Img';
import type {ImgProps} from './Img';

export interface IconProps extends ImgProps {
  icon: SignalValue<string>;
  color?: SignalValue<PossibleColor>;
}

/** What was downloaded, by the addresses. */
const downloads = new Map<string, string>();

/** An icon of one of the sets at https://icones.js.org. */
@nodeName('Icon')
@nodeKind('img', {properties: {src: null}, derived: [PICTURE_SOURCE]})
export class Icon extends Img {
  /** `set:name`, or `set/name`. */
  @signal()
  declare public readonly icon: SimpleSignal<string, this>;

  @initial('white')
  @colorSignal()
  declare public readonly color: ColorSignal<this>;

  public constructor(props: IconProps) {
    super({...props, src: null});
    if (props.src !== undefined && props.src !== null) {
      useLogger().warn({
        message: `\`${this.key}\`: an Icon has no \`src\` of its own; the one given is not used`,
        remarks: 'name the icon with `icon`',
        inspect: this.key,
      });
    }
    this.src(() => this.svgUrl());
  }

  /** Where the icon comes from. */
  protected svgUrl(): string {
    const color = encodeURIComponent(this.color().hex());
    return `${this.$$address()}?color=${color}`;
  }

  protected override $$asset(): NativeAsset {
    return loadAsset(this.$$picture(), 'image');
  }

  private $$address(): string {
    const icon = this.icon();
    if (typeof icon !== 'string' || !/^[\w-]+[:/][\w-]+$/.test(icon)) {
      throw new Error(`\`${this.key}\`: \`icon\` is \`${icon}\`; it takes a set and a name, such as \`mdi:home\``);
    }
    return `https://api.iconify.design/${icon.replace(':', '/')}.svg`;
  }

  /** The icon in its colour. It is downloaded once for all colours: those it has in place of `currentColor`. */
  public $$picture(): string {
    const address = this.$$address();
    let text = downloads.get(address);
    if (text === undefined) {
      try {
        text = __kinora.text(address);
      } catch (error) {
        throw new Error(`\`${this.key}\`: there is no icon \`${this.icon()}\` to be had from \`${address}\`: ${(error as Error).message}`);
      }
      downloads.set(address, text);
    }
    return `data:image/svg+xml,${encodeURIComponent(text.replaceAll('currentColor', this.color().hex()))}`;
  }
}
