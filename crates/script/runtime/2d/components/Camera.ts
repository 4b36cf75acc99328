import {Vector2, all, easeInOutCubic, modify, transformVector, transformVectorAsPoint, tween} from '@revideo/core';
import type {
  Affine,
  InterpolationFunction,
  PossibleVector2,
  SignalValue,
  SimpleSignal,
  ThreadGenerator,
  TimingFunction,
} from '@revideo/core';
import {nodeName} from '../decorators/nodeName';
import {cloneable, initial, signal} from '../decorators/signal';
import {nodeKind} from '../native/nodeKind';
import {one} from '../native/stageProperty';
import type {ComponentChildren} from './children';
import type {Curve} from './Curve';
import {Node} from './Node';
import type {NodeProps} from './NodeProps';
import {Rect} from './Rect';
import type {RectProps} from './Rect';

export interface CameraProps extends NodeProps {
  /** What is looked at; the children are put into it. */
  scene?: SignalValue<Node | null>;
  zoom?: SignalValue<number>;
}

export interface CameraStageProps extends RectProps {
  cameraRef?: (camera: Camera) => void;
  scene?: SignalValue<Node | null>;
}

/** Which camera shows a scene. */
const cameras = new WeakMap<Node, Camera>();

/** Shows a scene from where it stands: what lies at its position is in the middle. */
@nodeName('Camera')
@nodeKind('node', {
  properties: {position: null, rotation: null, scale: null, skew: null},
  derived: [
    one('position', false, node => node.$$encodeView().position),
    one('rotation', false, node => node.$$encodeView().rotation),
    one('scale', false, node => node.$$encodeView().scale),
    one('skew', false, node => node.$$encodeView().skew),
  ],
})
export class Camera extends Node {
  /** A rectangle with a camera in it, which shows nothing outside. */
  public static Stage({children, cameraRef, scene, ...props}: CameraStageProps): Rect {
    const camera = new Camera(scene === undefined ? {children} : {scene, children});
    cameraRef?.(camera);
    return new Rect({clip: true, ...props, children: camera});
  }

  @cloneable(false)
  @initial(null)
  @signal()
  declare public readonly scene: SimpleSignal<Node | null, this>;

  /** How much larger things are: 1 over the scale. */
  @cloneable(false)
  @initial(1)
  @signal()
  declare public readonly zoom: SimpleSignal<number, this>;

  public constructor({children, ...props}: CameraProps = {}) {
    super(props);
    if (this.scene() === null) this.scene(new Node({}));
    if (children !== undefined) this.scene()!.add(children as ComponentChildren);
  }

  protected getZoom(): number {
    return 1 / this.scale.x();
  }

  protected setZoom(value: SignalValue<number>): void {
    this.scale(modify(value, zoom => 1 / zoom));
  }

  protected *tweenZoom(
    value: SignalValue<number>,
    duration: number,
    timing: TimingFunction,
    blend: InterpolationFunction<number>,
  ): ThreadGenerator {
    const from = this.scale.x();
    const to = modify(value, zoom => 1 / zoom);
    yield* tween(duration, progress => {
      const target = typeof to === 'function' ? to() : to;
      this.scale(blend(from, target, timing(progress)));
    });
    this.zoom(value);
  }

  protected setScene(value: SignalValue<Node | null>): void {
    this.scene.context.setter(value);
    this.$$stageLink.enqueueChildren(this);
  }

  /** Puts nodes into the scene. */
  public override insert(children: ComponentChildren, index = 0): this {
    this.scene()!.insert(children, index);
    return this;
  }

  /** Goes back to where it stood at first. */
  public *reset(duration: number, timing: TimingFunction = easeInOutCubic): ThreadGenerator {
    yield* all(
      this.position([0, 0], duration, timing),
      this.zoom(1, duration, timing),
      this.rotation(0, duration, timing),
    );
  }

  /** Moves to a point of the scene, or to a node in it. */
  public *centerOn(
    target: PossibleVector2 | Node,
    duration: number,
    timing: TimingFunction = easeInOutCubic,
    blend: InterpolationFunction<Vector2> = Vector2.lerp,
  ): ThreadGenerator {
    const point = target instanceof Node ? this.#toScene(target.absolutePosition()) : new Vector2(target);
    yield* this.position(point, duration, timing, blend as never);
  }

  /** Moves along a curve. */
  public *followCurve(curve: Curve, duration: number, timing: TimingFunction = easeInOutCubic): ThreadGenerator {
    yield* this.#follow(curve, duration, progress => timing(progress), false);
  }

  /** Moves along a curve from its end on. */
  public *followCurveReverse(curve: Curve, duration: number, timing: TimingFunction = easeInOutCubic): ThreadGenerator {
    yield* this.#follow(curve, duration, progress => 1 - timing(progress), false);
  }

  /** Moves along a curve and turns with it. */
  public *followCurveWithRotation(
    curve: Curve,
    duration: number,
    timing: TimingFunction = easeInOutCubic,
  ): ThreadGenerator {
    yield* this.#follow(curve, duration, progress => timing(progress), true);
  }

  /** Moves along a curve from its end on, turned as the curve runs. */
  public *followCurveWithRotationReverse(
    curve: Curve,
    duration: number,
    timing: TimingFunction = easeInOutCubic,
  ): ThreadGenerator {
    yield* this.#follow(curve, duration, progress => 1 - timing(progress), true);
  }

  *#follow(curve: Curve, duration: number, place: TimingFunction, turns: boolean): ThreadGenerator {
    yield* tween(duration, progress => {
      const {position, tangent} = curve.getPointAtPercentage(place(progress));
      const matrix = curve.localToWorld();
      this.position(this.#toScene(transformVectorAsPoint(position, matrix)));
      if (turns) this.rotation(transformVector(tangent, matrix).degrees);
    });
  }

  #toScene(point: Vector2): Vector2 {
    const scene = this.scene();
    return scene === null ? point : transformVectorAsPoint(point, scene.worldToLocal());
  }

  /** The scene alone is drawn, from the camera's place. */
  public override $$nativeChildren(): number[] {
    const scene = this.scene();
    if (scene === null) return [];
    const other = cameras.get(scene);
    if (other !== undefined && other !== this && other.$$nativeId !== 0 && other.scene() === scene) {
      throw new Error(
        `the scene \`${scene.key}\` is shown by the cameras \`${other.key}\` and \`${this.key}\`: only one can show it here`,
      );
    }
    cameras.set(scene, this);
    return [scene.$$nativeId].filter(id => id !== 0);
  }

  /** The camera's place turned inside out, as the stage takes it. */
  public $$encodeView(): {position: number[]; rotation: number; scale: number[]; skew: number[]} {
    const matrix = this.localToParent();
    const determinant = matrix.a * matrix.d - matrix.b * matrix.c;
    // From no size there is nothing to be seen.
    if (!(Math.abs(determinant) > 1e-12)) return {position: [0, 0], rotation: 0, scale: [0, 0], skew: [0, 0]};
    const {a, b, c, d, e, f}: Affine = matrix.inverse();
    const width = Math.hypot(a, b);
    return {
      position: [e, f],
      rotation: Vector2.degrees(a, b),
      scale: [width, (a * d - b * c) / width],
      skew: [(Math.atan((a * c + b * d) / (width * width)) * 180) / Math.PI, 0],
    };
  }
}
