import {textLerp} from '@revideo/core';
import type {InterpolationFunction, SignalValue, SimpleSignal} from '@revideo/core';
import {nodeName} from '../decorators/nodeName';
import {initial, interpolation, signal} from '../decorators/signal';
import {nodeKind} from '../native/nodeKind';
import {one, wellFormed} from '../native/stageProperty';
import {Layout} from './Layout';
import type {LayoutMode} from './Layout';
import {Shape} from './Shape';
import type {ShapeProps} from './Shape';

export interface TxtLeafProps extends ShapeProps {
  text?: SignalValue<string>;
}

/** A piece of text in one style: what a string inside a `Txt` becomes. */
@nodeName('TxtLeaf')
@nodeKind('leaf', {
  like: Layout,
  properties: {layout: null, text: one('text', true, node => wellFormed(node.text()))},
})
export class TxtLeaf extends Shape {
  @initial('')
  @interpolation(textLerp as InterpolationFunction<string>)
  @signal()
  declare public readonly text: SimpleSignal<string, this>;

  public constructor(props: TxtLeafProps = {}) {
    super(props);
  }

  protected override $$ownLayout(): LayoutMode {
    return true;
  }

  protected getLayout(): LayoutMode {
    return true;
  }
}
