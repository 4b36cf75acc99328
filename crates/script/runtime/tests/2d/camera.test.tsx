import {Camera, Circle, Line, Node, Rect} from '../../2d/index';
import {Vector2, createRef, linear} from '../../core/index';
import {equal, near, test, throws} from '../harness';
import {film, inScene} from './film';

test('a camera shows its scene from where it stands', () =>
  inScene(view => {
    const camera = createRef<Camera>();
    const dot = createRef<Circle>();
    view.add(
      <Camera ref={camera} position={[30, 10]} zoom={2}>
        <Circle ref={dot} x={40} />
      </Camera>,
    );
    equal(camera().scene()!.children()[0], dot());
    equal([camera().scale.x(), camera().zoom()], [0.5, 2]);
    const seen = camera().$$encodeView();
    near(seen.scale, [2, 2], 1e-9);
    near(seen.position, [-60, -20], 1e-9);
    equal(dot().absolutePosition().x, 40, 'in the scene, as if nobody looked');
    camera().rotation(90);
    near(camera().$$encodeView().rotation, -90, 1e-9);
    near(camera().$$encodeView().position, [-20, 60], 1e-9);
    camera().scale([1, 4]);
    const {position, rotation, scale, skew} = camera().$$encodeView();
    const again = new Node({position, rotation, scale, skew} as never).localToParent().multiply(camera().localToParent());
    near([again.a, again.b, again.c, again.d, again.e, again.f], [1, 0, 0, 1, 0, 0], 1e-6, 'turned inside out');
    camera().scale(0);
    equal(camera().$$encodeView().scale, [0, 0]);
  }));

test('a camera moves to things and along curves', async () => {
  const camera = createRef<Camera>();
  const places: number[] = [];
  await film(
    function* (view) {
      const target = <Circle x={100} y={20} /> as Circle;
      const line = <Line y={5} points={[[0, 0], [100, 0]]} /> as Line;
      view.add(<Camera ref={camera}>{[target, line]}</Camera>);
      yield* camera().centerOn(target, 0.2, linear);
      equal(camera().position(), new Vector2(100, 20));
      yield* camera().centerOn([0, 0], 0.1);
      yield* camera().followCurve(line, 0.4, linear);
      near(camera().position(), {x: 100, y: 5}, 1e-6);
      yield* camera().followCurveWithRotationReverse(line, 0.2, linear);
      near(camera().position(), {x: 0, y: 5}, 1e-6);
      near(camera().rotation(), 0, 1e-6);
      yield* camera().followCurveReverse(line, 0.1);
      yield* camera().followCurveWithRotation(line, 0.1);
      yield* camera().zoom(4, 0.2, linear);
      near(camera().scale.x(), 0.25, 1e-9);
      yield* camera().reset(0.2);
      equal([camera().position.x(), camera().zoom(), camera().rotation()], [0, 1, 0]);
    },
    () => camera() && places.push(camera().x()),
  );
  near(places.slice(0, 3), [0, 50, 100], 1e-6);
});

test('a stage bounds what a camera shows', () =>
  inScene(view => {
    const camera = createRef<Camera>();
    const scene = new Node({});
    const stage = Camera.Stage({size: 200, cameraRef: camera, scene, children: new Rect({size: 10})});
    view.add(stage);
    equal([stage.clip(), stage.width(), scene.children().length], [true, 200, 1]);
    equal(stage.children()[0], camera());
    camera().add(new Rect({size: 5}));
    equal(scene.children().length, 2);
    equal(camera().$$nativeChildren(), [scene.$$nativeId]);
    const other = new Camera({scene});
    throws(() => other.$$nativeChildren(), 'only one');
    other.scene(new Node({}));
  }));
