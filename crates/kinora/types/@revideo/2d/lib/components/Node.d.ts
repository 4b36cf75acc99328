import { Affine, BBox, Vector2 } from '@revideo/core';
import type { ColorSignal, PossibleVector2, Promisable, SignalValue, SimpleSignal, SpacingSignal, ThreadGenerator, TimingFunction, Vector2Signal } from '@revideo/core';
import type { FiltersSignal } from '../decorators/filtersSignal';
import type { PropertyMetadata } from '../decorators/metadata';
import type { StageLink } from '../native/stageLink';
import type { View2D } from './View2D';
import type { NodeProps, NodeState } from './NodeProps';
import { TreeNode } from './TreeNode';
/**
 * What a scene is made of: a place in the tree with position, rotation, scale, opacity and effects.
 *
 * A node tells the stage only what differs from the defaults, and only once it has changed.
 */
export declare class Node extends TreeNode implements Promisable<Node> {
    #private;
    /** The kind of node that the stage draws. */
    readonly $$nativeKind: string;
    /** The table of its stage properties. */
    readonly $$stageTable: string;
    /** The kind of the stage node that draws the outline apart from the box, if there is one. */
    readonly $$innerKind: string | undefined;
    /** Tells JSX that this is a class component. */
    readonly isClass: boolean;
    readonly key: string;
    /** Where the node was made. */
    readonly $$made: Error;
    readonly $$stageLink: StageLink;
    readonly position: Vector2Signal<this>;
    readonly absolutePosition: SimpleSignal<any, this>;
    readonly rotation: SimpleSignal<number, this>;
    readonly absoluteRotation: SimpleSignal<number, this>;
    readonly scale: Vector2Signal<this>;
    readonly absoluteScale: SimpleSignal<any, this>;
    readonly skew: Vector2Signal<this>;
    readonly zIndex: SimpleSignal<number, this>;
    readonly cache: SimpleSignal<boolean, this>;
    readonly cachePadding: SpacingSignal<this>;
    readonly composite: SimpleSignal<boolean, this>;
    readonly compositeOperation: SimpleSignal<string, this>;
    /** How much of the node is drawn a second time with `source-over`. */
    readonly compositeOverride: SimpleSignal<number, this>;
    readonly opacity: SimpleSignal<number, this>;
    readonly filters: FiltersSignal<this>;
    readonly shadowColor: ColorSignal<this>;
    readonly shadowBlur: SimpleSignal<number, this>;
    readonly shadowOffset: Vector2Signal<this>;
    constructor(props?: NodeProps);
    /** The horizontal part of the position. */
    get x(): SimpleSignal<number, this>;
    /** The vertical part of the position. */
    get y(): SimpleSignal<number, this>;
    /** The scene's root. */
    view(): View2D;
    /** Moves the node to another parent; it keeps its place, rotation and scale on screen. */
    reparent(newParent: Node): this;
    /** Whether the stage must be told a property even at its default. */
    $$writesDefault(key: string): boolean;
    /** This node's space to its parent's. */
    localToParent(): Affine;
    /** This node's space to the canvas. */
    localToWorld(): Affine;
    /** The canvas to this node's space. */
    worldToLocal(): Affine;
    /** The canvas to the parent's space. */
    worldToParent(): Affine;
    /** The parent's space to the canvas. */
    parentToWorld(): Affine;
    /** The space of the nearest composite root (this node or one above) to the canvas. */
    compositeToWorld(): Affine;
    /** The nearest composite root: this node or one above. */
    compositeRoot(): Node | null;
    /** This node's space to that of the nearest composite root. */
    compositeToLocal(): Affine;
    /** Rotation, scale and skew. */
    protected $$linear(): Affine;
    /** Moves the origin from the point that `position` names to the middle of the node. */
    protected $$shiftOrigin(matrix: Affine): Affine;
    protected getAbsolutePosition(): Vector2;
    protected setAbsolutePosition(value: SignalValue<PossibleVector2>): void;
    protected getAbsoluteRotation(): number;
    protected setAbsoluteRotation(value: SignalValue<number>): void;
    protected getAbsoluteScale(): Vector2;
    protected setAbsoluteScale(value: SignalValue<PossibleVector2>): void;
    /** The product of this node's opacity and those above. */
    absoluteOpacity(): number;
    /** The box around what this node itself draws, in its own space. */
    protected getCacheBBox(): BBox;
    /** The box around this node and all below, in its own space. */
    cacheBBox(): BBox;
    /** The same with the reach of blur and shadow. */
    protected fullCacheBBox(): BBox;
    /** The topmost node at a point of the canvas, this one included; `null` if there is none. */
    hit(position: Vector2): Node | null;
    /** Every property's key, metadata and signal. */
    [Symbol.iterator](): Generator<{
        key: string;
        meta: PropertyMetadata;
        signal: any;
    }>;
    /** A copy with the same raw values, reactive ones included; `props` take precedence. */
    clone(props?: NodeState): this;
    /** A copy with the present values. */
    snapshotClone(props?: NodeState): this;
    /** A copy whose properties follow this node's. */
    reactiveClone(props?: NodeState): this;
    /** A new node of the same class. */
    instantiate(props?: NodeState): this;
    /** The values of the properties. */
    getState(): NodeState;
    /** Sets properties at once, or tweens them together. */
    applyState(state: NodeState): void;
    applyState(state: NodeState, duration: number, timing?: TimingFunction): ThreadGenerator;
    /** Puts the present state on a stack. */
    save(): void;
    /** Goes back to the state on top of the stack, at once or by tweens. */
    restore(): void;
    restore(duration: number, timing?: TimingFunction): ThreadGenerator;
    protected tweenCompositeOperation(value: SignalValue<string>, time: number, timing: TimingFunction): ThreadGenerator;
    /** Asks for the resources of this node and those below. */
    protected collectAsyncResources(): void;
    /** Resolves once all resources of this node and those below have loaded. */
    toPromise(): Promise<this>;
    /** Ends the node: the stage forgets it. */
    dispose(): void;
}
