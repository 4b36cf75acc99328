import { BBox, Origin, Vector2 } from '@revideo/core';
import type { Affine, Direction, InterpolationFunction, PossibleSpacing, PossibleVector2, SignalValue, SimpleSignal, SpacingSignal, ThreadGenerator, TimingFunction, Vector2Signal } from '@revideo/core';
import type { Length, LengthsSignal, PossibleLengths } from '../decorators/lengthSignal';
import { Node } from './Node';
import type { NodeProps } from './NodeProps';
/** Whether a node lays out its children; `null` follows the layout around it. */
export type LayoutMode = boolean | null;
export interface LayoutProps extends NodeProps {
    layout?: SignalValue<LayoutMode>;
    tagName?: string;
    width?: SignalValue<Length>;
    height?: SignalValue<Length>;
    maxWidth?: SignalValue<Length>;
    maxHeight?: SignalValue<Length>;
    minWidth?: SignalValue<Length>;
    minHeight?: SignalValue<Length>;
    ratio?: SignalValue<number | null>;
    marginTop?: SignalValue<number>;
    marginBottom?: SignalValue<number>;
    marginLeft?: SignalValue<number>;
    marginRight?: SignalValue<number>;
    margin?: SignalValue<PossibleSpacing>;
    paddingTop?: SignalValue<number>;
    paddingBottom?: SignalValue<number>;
    paddingLeft?: SignalValue<number>;
    paddingRight?: SignalValue<number>;
    padding?: SignalValue<PossibleSpacing>;
    direction?: SignalValue<string>;
    basis?: SignalValue<Length>;
    grow?: SignalValue<number>;
    shrink?: SignalValue<number>;
    wrap?: SignalValue<string>;
    justifyContent?: SignalValue<string>;
    alignContent?: SignalValue<string>;
    alignItems?: SignalValue<string>;
    alignSelf?: SignalValue<string>;
    rowGap?: SignalValue<Length>;
    columnGap?: SignalValue<Length>;
    gap?: SignalValue<PossibleLengths>;
    fontFamily?: SignalValue<string>;
    fontSize?: SignalValue<number>;
    fontStyle?: SignalValue<string>;
    fontWeight?: SignalValue<number>;
    lineHeight?: SignalValue<Length>;
    letterSpacing?: SignalValue<number>;
    textWrap?: SignalValue<boolean | 'pre' | 'balance'>;
    textDirection?: SignalValue<string>;
    textAlign?: SignalValue<string>;
    size?: SignalValue<PossibleLengths>;
    offsetX?: SignalValue<number>;
    offsetY?: SignalValue<number>;
    offset?: SignalValue<PossibleVector2>;
    clip?: SignalValue<boolean>;
    middle?: SignalValue<PossibleVector2>;
    top?: SignalValue<PossibleVector2>;
    bottom?: SignalValue<PossibleVector2>;
    left?: SignalValue<PossibleVector2>;
    right?: SignalValue<PossibleVector2>;
    topLeft?: SignalValue<PossibleVector2>;
    topRight?: SignalValue<PossibleVector2>;
    bottomLeft?: SignalValue<PossibleVector2>;
    bottomRight?: SignalValue<PossibleVector2>;
}
/** A box as laid out. */
interface Measured {
    x: number;
    y: number;
    width: number;
    height: number;
}
/** A box that can be laid out by the rules of CSS flexbox, and can lay out others. */
export declare class Layout extends Node {
    readonly layout: SimpleSignal<LayoutMode, this>;
    readonly maxWidth: SimpleSignal<Length, this>;
    readonly maxHeight: SimpleSignal<Length, this>;
    readonly minWidth: SimpleSignal<Length, this>;
    readonly minHeight: SimpleSignal<Length, this>;
    readonly ratio: SimpleSignal<number | null, this>;
    readonly margin: SpacingSignal<this>;
    readonly padding: SpacingSignal<this>;
    readonly direction: SimpleSignal<string, this>;
    readonly basis: SimpleSignal<Length, this>;
    readonly grow: SimpleSignal<number, this>;
    readonly shrink: SimpleSignal<number, this>;
    readonly wrap: SimpleSignal<string, this>;
    readonly justifyContent: SimpleSignal<string, this>;
    readonly alignContent: SimpleSignal<string, this>;
    readonly alignItems: SimpleSignal<string, this>;
    readonly alignSelf: SimpleSignal<string, this>;
    readonly gap: LengthsSignal<this>;
    readonly fontFamily: SimpleSignal<string, this>;
    readonly fontSize: SimpleSignal<number, this>;
    readonly fontStyle: SimpleSignal<string, this>;
    readonly fontWeight: SimpleSignal<number, this>;
    readonly lineHeight: SimpleSignal<any, this>;
    readonly letterSpacing: SimpleSignal<number, this>;
    readonly textWrap: SimpleSignal<boolean | 'pre' | 'balance', this>;
    readonly textDirection: SimpleSignal<string, this>;
    readonly textAlign: SimpleSignal<string, this>;
    /** Set as lengths, read as the box's pixels. */
    readonly size: LengthsSignal<this>;
    readonly offset: Vector2Signal<this>;
    readonly middle: SimpleSignal<any, this>;
    readonly top: SimpleSignal<any, this>;
    readonly bottom: SimpleSignal<any, this>;
    readonly left: SimpleSignal<any, this>;
    readonly right: SimpleSignal<any, this>;
    readonly topLeft: SimpleSignal<any, this>;
    readonly topRight: SimpleSignal<any, this>;
    readonly bottomLeft: SimpleSignal<any, this>;
    readonly bottomRight: SimpleSignal<any, this>;
    readonly clip: SimpleSignal<boolean, this>;
    /** How many tweens hold the size. */
    readonly sizeLockCounter: SimpleSignal<number, this>;
    private $$measured;
    private $$measuredRoot;
    private $$measuredVersion;
    constructor(props?: LayoutProps);
    /** Width: set as a length, read as pixels. */
    get width(): any;
    /** Height: set as a length, read as pixels. */
    get height(): any;
    get columnGap(): any;
    get rowGap(): any;
    /** Whether this node lays out its children. */
    layoutEnabled(): boolean;
    /** Whether this node is placed by its position, not by a layout around it. */
    isLayoutRoot(): boolean;
    /** The nearest layout above. */
    $$parentLayout(): Layout | null;
    /** @deprecated The same as `parentLayout`. */
    parentTransform(): Layout | null;
    /** The node whose layout this one takes part in; itself if it is a root. */
    $$layoutRoot(): Layout;
    /** The layout mode set on this node. */
    protected $$ownLayout(): LayoutMode;
    protected $$flushInFlow(parentEnabled: boolean): void;
    /** The box as the stage lays it out. */
    protected $$measure(): Measured;
    /** Whether the box's size follows from `size` alone where it is in pixels. */
    protected $$hasFreeSize(): boolean;
    /** The box's size, if `size` decides it without a layout. */
    private $$givenSize;
    /** The box's size in pixels. */
    computedSize(): Vector2;
    /** Where a node in a layout has its origin, from the centre of the parent's box. */
    computedPosition(): Vector2;
    protected getX(): number;
    protected getY(): number;
    protected getWidth(): number;
    protected getHeight(): number;
    protected getSize(): Vector2;
    /** The size as it was set. */
    protected desiredSize(): {
        x: Length;
        y: Length;
    };
    protected tweenWidth(value: SignalValue<Length>, time: number, timing: TimingFunction, blend: InterpolationFunction<Length>): ThreadGenerator;
    protected tweenHeight(value: SignalValue<Length>, time: number, timing: TimingFunction, blend: InterpolationFunction<Length>): ThreadGenerator;
    protected tweenSize(value: SignalValue<PossibleLengths>, time: number, timing: TimingFunction, blend: InterpolationFunction<Vector2>): ThreadGenerator;
    private $$tweenLength;
    /** Keeps the layout around from growing or shrinking the node. */
    lockSize(): void;
    /** Undoes one `lockSize`. */
    releaseSize(): void;
    $$isSizeLocked(): boolean;
    protected $$shiftOrigin(matrix: Affine): Affine;
    /** A point of the box as seen from the point that `position` names, in the node's own space. */
    getOriginDelta(origin: Origin | Direction): Vector2;
    /** Changes `offset` without moving the box. */
    moveOffset(offset: PossibleVector2): this;
    /** A point of the box in the parent's space. */
    $$originPoint(origin: Origin | Direction): Vector2;
    /** Moves the node so that a point of its box lies at `value` in the parent's space. */
    $$moveOrigin(origin: Origin | Direction, value: SignalValue<PossibleVector2>): void;
    /** Where the point that `position` names lies, from the middle of the box. */
    anchorPosition(): Vector2;
    protected getCacheBBox(): BBox;
    /** The text style that this node's surroundings hand down. */
    $$inheritedStyle(key: string): unknown;
    protected getDefaultLineHeight(): unknown;
    /** The nearest line height that was set, as it was set. */
    $$rawLineHeight(): unknown;
    /** Whose text styles this node has by default: the layout around it, or the view. */
    private $$styleParent;
}
export {};
