import type {SignalValue, SimpleSignal} from '@revideo/core';
import {canvas} from '../../globals/canvas';
import {nodeName} from '../decorators/nodeName';
import {initial, signal} from '../decorators/signal';
import {nodeKind} from '../native/nodeKind';
import {flag, one, value} from '../native/stageProperty';
import {Media} from './Media';
import type {MediaProps} from './Media';

export interface VideoProps extends MediaProps {
  alpha?: SignalValue<number>;
  smoothing?: SignalValue<boolean>;
  /** Accepted for the reference's sake: there is one decoder here, and it is exact. */
  decoder?: SignalValue<string | null>;
}

/** A moving picture, stretched over its box, and its sound. */
@nodeName('Video')
@nodeKind('video', {
  properties: {
    src: {names: ['asset', 'natural'], layout: true, unset: false, read: node => node.$$encodeSource()},
    time: one('time', false, node => Math.max(0, node.$$drawnTime())),
    alpha: value('alpha'),
    smoothing: flag('smoothing'),
  },
})
export class Video extends Media {
  /** Opacity of the picture alone. */
  @initial(1)
  @signal()
  declare public readonly alpha: SimpleSignal<number, this>;
  @initial(true)
  @signal()
  declare public readonly smoothing: SimpleSignal<boolean, this>;
  @initial(null)
  @signal()
  declare public readonly decoder: SimpleSignal<string | null, this>;

  public constructor(props: VideoProps = {}) {
    super(props);
  }

  /** Goes to a time, in seconds of the file; plays on from there if it plays. */
  public seek(time: number): void {
    const wasPlaying = this.isPlaying();
    this.time(this.clampTime(time));
    if (wasPlaying) this.play();
    else this.pause();
  }

  /** The picture of now as a canvas draws it. */
  protected video(): any {
    const asset = this.$$asset();
    const {ImageBitmap} = canvas();
    if (asset === null) throw new Error(`\`${this.key}\` has no \`src\`: there is no picture of it to draw`);
    if (asset.missing !== undefined) throw new Error(`\`${this.key}\`: ${asset.missing}: there is no picture of it to draw`);
    const {id, width, height} = asset;
    return new ImageBitmap({asset: id, time: Math.max(0, this.$$drawnTime()), width, height});
  }

  /** Picture and size as the stage takes them. */
  public $$encodeSource(): [string | null, [number, number]] {
    const asset = this.$$asset();
    if (asset?.missing !== undefined) return [__kinora.onMissing === 'black' ? 'black' : null, [0, 0]];
    return asset === null ? [null, [0, 0]] : [asset.id, [asset.width, asset.height]];
  }

  protected override $$assetKind(): 'video' {
    return 'video';
  }
}
