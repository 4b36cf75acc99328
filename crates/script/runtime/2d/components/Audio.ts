import {Vector2} from '@revideo/core';
import {nodeName} from '../decorators/nodeName';
import {nodeKind} from '../native/nodeKind';
import {Media} from './Media';
import type {MediaProps} from './Media';
import {Node} from './Node';

export type AudioProps = MediaProps;

/** A sound; nothing of it is seen but its children. */
@nodeName('Audio')
@nodeKind('audio', {like: Node})
export class Audio extends Media {
  public constructor(props: AudioProps = {}) {
    super(props);
  }

  /** A sound has no box. */
  public override computedSize(): Vector2 {
    return new Vector2(0, 0);
  }

  public override isLayoutRoot(): boolean {
    return true;
  }

  protected override $$assetKind(): 'audio' {
    return 'audio';
  }
}
