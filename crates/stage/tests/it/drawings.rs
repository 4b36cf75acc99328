use kinora_film::{Drawing, kurbo::Affine};
use kinora_stage::{
    NodeId,
    NodeKind::{self, Circle, Grid, Img, Layout, Line, Node, Path, Polygon, Rect, Txt, Video},
    Value, ViewPlacement,
};

use crate::{Scene, dump::dump, list, no, number, text, yes};

const RED: [f64; 4] = [1.0, 0.0, 0.0, 1.0];
const BLUE: [f64; 4] = [0.0, 0.0, 1.0, 1.0];

fn draw(scene: &mut Scene) -> Drawing {
    let view = scene.view;
    scene.stage.draw(&[ViewPlacement::new(view)])
}

/// What a node in the view draws, without the view's own line.
#[track_caller]
fn check(scene: &mut Scene, nodes: &[NodeId], expected: &str) {
    scene.show(nodes);
    let text = dump(&draw(scene));
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    assert_eq!(
        first.trim_end_matches(" isolated"),
        "group move 960 540",
        "{text}"
    );
    let found: Vec<&str> = lines.map(|line| line.strip_prefix("  ").unwrap()).collect();
    let expected: Vec<&str> = expected
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    assert_eq!(found, expected);
}

fn square(scene: &mut Scene, kind: NodeKind, more: &[(&str, Value)]) -> NodeId {
    let mut properties = vec![
        ("width", number(100.0)),
        ("height", number(100.0)),
        ("fill", list(&RED)),
    ];
    properties.extend_from_slice(more);
    scene.node(kind, &properties, &[])
}

#[test]
fn a_small_scene() {
    let mut scene = Scene::new();
    let txt = scene.txt(
        "Hello",
        &[("fontSize", number(50.0)), ("fill", list(&[1.0; 4]))],
    );
    let card = scene.node(
        Rect,
        &[
            ("layout", yes()),
            ("padding", list(&[20.0; 4])),
            ("radius", list(&[8.0; 4])),
            ("fill", list(&BLUE)),
            ("position", list(&[100.0, -50.0])),
            ("opacity", number(0.5)),
        ],
        &[txt],
    );
    let dot = square(&mut scene, Circle, &[("zIndex", number(-1.0))]);
    check(
        &mut scene,
        &[card, dot],
        "
ellipse 50 50 fill #ff0000ff
group move 100 -50 opacity 0.5
  rect -77.5078125 -50 77.5078125 50 round 8 8 8 8 fill #0000ffff
  5 glyphs of 50 px at -57.507813 17 fill #ffffffff
",
    );
}

#[test]
fn transforms_apply_in_the_references_order() {
    let mut scene = Scene::new();
    let rect = square(
        &mut scene,
        Rect,
        &[
            ("position", list(&[10.0, 20.0])),
            ("rotation", number(90.0)),
            ("scale", list(&[2.0, 3.0])),
            ("offset", list(&[-1.0, 0.0])),
        ],
    );
    // The left edge's middle lies at the position: the box's centre is 50 to the
    // right of it, scaled to 100 and turned down.
    check(
        &mut scene,
        &[rect],
        "
group matrix [0.0, 2.0, -3.0, 0.0, 10.0, 120.0]
  rect -50 -50 50 50 fill #ff0000ff
",
    );
}

#[test]
fn a_scene_is_scaled_with_its_lengths() {
    let mut scene = Scene::new();
    let blur = Value::List(vec![Value::List(vec![text("blur"), number(4.0)])]);
    let rect = square(
        &mut scene,
        Rect,
        &[
            ("scale", list(&[5.0, 5.0])),
            ("shadowColor", list(&[0.0, 0.0, 0.0, 1.0])),
            ("shadowBlur", number(10.0)),
            ("shadowOffset", list(&[3.0, 4.0])),
            ("filters", blur),
        ],
    );
    let view = scene.view;
    scene.set(view, "resolutionScale", number(2.0));
    scene.show(&[rect]);
    assert_eq!(
        dump(&draw(&mut scene)),
        "group matrix [2.0, 0.0, 0.0, 2.0, 1920.0, 1080.0]
  group matrix [5.0, 0.0, 0.0, 5.0, 0.0, 0.0] Blur(8.0) shadow 10 6 8
    rect -50 -50 50 50 fill #ff0000ff
"
    );
}

#[test]
fn a_composite_root_turns_the_shadows_in_it() {
    let mut scene = Scene::new();
    let shadow = [
        ("shadowColor", list(&RED)),
        ("shadowOffset", list(&[10.0, 0.0])),
    ];
    let rect = square(&mut scene, Rect, &shadow);
    let root = scene.node(
        Node,
        &[("composite", yes()), ("rotation", number(90.0))],
        &[rect],
    );
    scene.show(&[root]);
    let shadow_line = |scene: &mut Scene| {
        let text = dump(&draw(scene));
        text.lines()
            .find(|line| line.contains("shadow"))
            .map(|l| l.trim().to_owned())
    };
    assert_eq!(
        shadow_line(&mut scene).as_deref(),
        Some("group shadow 0 0 10")
    );
    scene.set(root, "rotation", number(180.0));
    assert_eq!(
        shadow_line(&mut scene).as_deref(),
        Some("group shadow 0 -10 0")
    );
}

#[test]
fn nothing_is_drawn_of_what_is_not_visible() {
    let mut scene = Scene::new();
    let hidden = square(&mut scene, Rect, &[("opacity", number(0.0))]);
    let flat = square(&mut scene, Rect, &[("scale", list(&[0.0, 1.0]))]);
    let empty = scene.node(Node, &[("opacity", number(0.5))], &[]);
    let plain = scene.node(
        Rect,
        &[("width", number(9.0)), ("height", number(9.0))],
        &[],
    );
    scene.show(&[hidden, flat, empty, plain]);
    assert_eq!(dump(&draw(&mut scene)), "group\n");
    scene.set(hidden, "opacity", number(1.0));
    assert_eq!(
        dump(&draw(&mut scene)),
        "group move 960 540\n  rect -50 -50 50 50 fill #ff0000ff\n"
    );
}

#[test]
fn strokes_have_a_canvass_defaults() {
    let mut scene = Scene::new();
    let stroke = ("stroke", list(&BLUE));
    let thin = square(&mut scene, Rect, std::slice::from_ref(&stroke));
    let thick = square(
        &mut scene,
        Rect,
        &[
            stroke,
            ("lineWidth", number(4.0)),
            ("strokeFirst", yes()),
            ("lineDash", list(&[5.0])),
        ],
    );
    check(
        &mut scene,
        &[thin, thick],
        "
rect -50 -50 50 50 fill #ff0000ff
rect -50 -50 50 50 fill #ff0000ff stroke #0000ffff of 4 dash [5.0, 5.0] stroke first
",
    );
}

#[test]
fn texts_are_black_and_inherit_from_the_text_around() {
    let mut scene = Scene::new();
    let inner = scene.leaf("b");
    let nested = scene.node(Txt, &[("fill", list(&BLUE))], &[inner]);
    let outer = scene.leaf("a");
    let txt = scene.node(
        Txt,
        &[
            ("fontSize", number(50.0)),
            ("lineWidth", number(2.0)),
            ("strokeFirst", yes()),
        ],
        &[outer, nested],
    );
    scene.show(&[txt]);
    let runs = |scene: &mut Scene| {
        let text = dump(&draw(scene));
        let paints = text
            .lines()
            .filter_map(|line| Some(line.split_once(" fill ")?.1.to_owned()));
        paints.collect::<Vec<_>>()
    };
    let black = "#000000ff stroke #000000ff of 2 stroke first";
    let blue = "#0000ffff stroke #000000ff of 2 stroke first";
    assert_eq!(runs(&mut scene), [black, blue]);
    scene.set(txt, "stroke", list(&RED));
    scene.set(txt, "fill", list(&[1.0; 4]));
    let white = "#ffffffff stroke #ff0000ff of 2 stroke first";
    let blue = "#0000ffff stroke #ff0000ff of 2 stroke first";
    assert_eq!(runs(&mut scene), [white, blue]);
}

#[test]
fn a_clip_bounds_children_only() {
    let mut scene = Scene::new();
    let child = square(&mut scene, Rect, &[]);
    let circle = scene.node(
        Circle,
        &[
            ("width", number(40.0)),
            ("height", number(40.0)),
            ("fill", list(&BLUE)),
            ("clip", yes()),
        ],
        &[child],
    );
    let inner = square(&mut scene, Rect, &[]);
    let layout = scene.node(
        Layout,
        &[
            ("width", number(30.0)),
            ("height", number(30.0)),
            ("clip", yes()),
            ("opacity", number(0.5)),
        ],
        &[inner],
    );
    check(
        &mut scene,
        &[circle, layout],
        "
group
  ellipse 20 20 fill #0000ffff
  group clip ellipse 20 20
    rect -50 -50 50 50 fill #ff0000ff
group opacity 0.5
  group clip rect -15 -15 15 15
    rect -50 -50 50 50 fill #ff0000ff
",
    );
}

#[test]
fn pictures_fill_their_box_inside_their_corners() {
    let mut scene = Scene::new();
    let common = [
        ("asset", text(&"ab".repeat(32))),
        ("natural", list(&[200.0, 100.0])),
        ("width", number(100.0)),
    ];
    let with = |more: &[(&'static str, Value)]| [&common[..], more].concat();
    let still = scene.node(Img, &with(&[("alpha", number(0.25))]), &[]);
    let round = [
        ("radius", list(&[10.0; 4])),
        ("fill", list(&RED)),
        ("time", number(1.5)),
    ];
    let video = scene.node(Video, &with(&round), &[]);
    check(
        &mut scene,
        &[still, video],
        "
still -50 -25 50 25 opacity 0.25
group
  rect -50 -25 50 25 round 10 10 10 10 fill #ff0000ff
  group clip rect -50 -25 50 25 round 10 10 10 10
    video at 1.5 s -50 -25 50 25
",
    );
}

#[test]
fn lines_have_arrows_in_their_strokes_paint() {
    let mut scene = Scene::new();
    let line = scene.node(
        Line,
        &[
            ("points", list(&[0.0, 0.0, 100.0, 0.0])),
            ("stroke", list(&BLUE)),
            ("lineWidth", number(6.0)),
            ("endArrow", yes()),
            ("end", number(0.8)),
        ],
        &[],
    );
    check(
        &mut scene,
        &[line],
        "
group
  path M0,0 L68,0 stroke #0000ffff of 6
  path M80,0 L56,24 L56,-24 Z fill #0000ffff
",
    );
}

#[test]
fn a_path_is_drawn_as_it_is_given() {
    let mut scene = Scene::new();
    let path = scene.node(
        Path,
        &[
            (
                "path",
                list(&[0.0, 0.0, 0.0, 1.0, 10.0, 0.0, 1.0, 10.0, 10.0, 4.0]),
            ),
            ("fill", list(&RED)),
        ],
        &[],
    );
    assert_eq!(scene.size(path), [10.0, 10.0]);
    check(
        &mut scene,
        &[path],
        "path M0,0 L10,0 L10,10 Z fill #ff0000ff",
    );
}

#[test]
fn composite_operations_and_their_overlay() {
    let mut scene = Scene::new();
    let rect = square(
        &mut scene,
        Rect,
        &[
            ("compositeOperation", text("source-in")),
            ("compositeOverride", number(0.5)),
        ],
    );
    let mask = scene.node(Node, &[("cache", yes())], &[rect]);
    check(
        &mut scene,
        &[mask],
        "
group isolated
  group
    group SourceIn
      rect -50 -50 50 50 fill #ff0000ff
    group opacity 0.5
      rect -50 -50 50 50 fill #ff0000ff
",
    );
}

#[test]
fn the_views_own_fill_covers_the_scene() {
    let mut scene = Scene::new();
    let view = scene.view;
    scene.set(view, "fill", list(&RED));
    check(&mut scene, &[], "rect -960 -540 960 540 fill #ff0000ff");
}

#[test]
fn gradients_keep_their_stops_in_order() {
    let mut scene = Scene::new();
    let gradient = Value::Map(vec![
        ("type".into(), text("linear")),
        ("from".into(), list(&[0.0, -50.0])),
        ("to".into(), list(&[0.0, 50.0])),
        (
            "stops".into(),
            list(&[1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0]),
        ),
    ]);
    let rect = square(&mut scene, Rect, &[("fill", gradient)]);
    check(
        &mut scene,
        &[rect],
        "rect -50 -50 50 50 fill Linear { from: (0.0, -50.0), to: (0.0, 50.0) } 2 stops",
    );
}

#[test]
fn a_ripple_spreads_below_the_fill() {
    let mut scene = Scene::new();
    let rect = square(&mut scene, Rect, &[("ripple", number(0.5))]);
    scene.show(&[rect]);
    // At half the time 50 · (1 - 2⁻⁵) = 48.4375 units, at opacity 0.27.
    let text = dump(&draw(&mut scene));
    assert!(
        text.contains("rect -98.4375 -98.4375 98.4375 98.4375 round 48.4375 48.4375 48.4375 48.4375 fill #ff000045"),
        "{text}"
    );
}

#[test]
fn views_are_placed_one_above_the_other() {
    let mut scene = Scene::new();
    let rect = square(&mut scene, Rect, &[]);
    scene.show(&[rect]);
    let view = scene.view;
    let moved = ViewPlacement {
        transform: Affine::translate((7.0, 0.0)),
        alpha: 0.5,
        ..ViewPlacement::new(view)
    };
    let drawing = scene.stage.draw(&[ViewPlacement::new(view), moved]);
    assert_eq!(
        dump(&drawing),
        "group
  group move 960 540
    rect -50 -50 50 50 fill #ff0000ff
  group move 7 0
    group move 960 540
      rect -50 -50 50 50 fill #ff000080
"
    );
    assert!(drawing.same(&scene.stage.draw(&[ViewPlacement::new(view), moved])));
}

#[test]
fn faults_name_the_property() {
    let mut scene = Scene::new();
    let rect = square(&mut scene, Rect, &[]);
    let mut fault = |name: &str, value| scene.stage.set(rect, name, value).unwrap_err().to_string();
    assert_eq!(
        fault("colour", Value::Null),
        "a `rect` node has no property `colour`"
    );
    assert_eq!(
        fault("width", number(f64::NAN)),
        "`width` is not a finite number"
    );
    assert_eq!(
        fault("position", list(&[0.0, f64::INFINITY])),
        "`position` is not a finite number"
    );
    assert_eq!(
        fault("rotation", text("up")),
        "`rotation` must be a number, got `\"up\"`"
    );
    assert_eq!(
        fault("opacity", yes()),
        "`opacity` must be a number, got `true`"
    );
    assert_eq!(
        fault("fill", list(&[1.0])),
        "`fill` must be a colour as four numbers, got `a list of 1 numbers`"
    );
}

#[test]
fn composite_operations_act_within_their_scene() {
    let mut scene = Scene::new();
    let rect = square(
        &mut scene,
        Rect,
        &[("compositeOperation", text("multiply"))],
    );
    scene.show(&[rect]);
    assert_eq!(
        dump(&draw(&mut scene)),
        "group move 960 540 isolated
  group Multiply
    rect -50 -50 50 50 fill #ff0000ff
"
    );
    scene.set(rect, "compositeOperation", Value::Null);
    assert_eq!(
        dump(&draw(&mut scene)),
        "group move 960 540\n  rect -50 -50 50 50 fill #ff0000ff\n"
    );
}

#[test]
fn a_node_cannot_be_put_into_itself() {
    let mut scene = Scene::new();
    let inner = scene.node(Node, &[], &[]);
    let outer = scene.node(Node, &[], &[inner]);
    scene.stage.set_children(inner, &[outer, inner]);
    scene.show(&[outer]);
    assert_eq!(dump(&draw(&mut scene)), "group\n");
}

#[test]
fn a_shadow_follows_the_composite_roots_above() {
    let shadow = |scene: &mut Scene| {
        let view = scene.view;
        let dump = dump(&scene.stage.draw(&[ViewPlacement::new(view)]));
        let at = dump.find(" shadow ").expect("a shadow is drawn");
        let end = dump[at + 1..].find('\n').expect("a line ends");
        dump[at + 1..][..end].to_owned()
    };
    let mut scene = Scene::new();
    let card = scene.node(
        Rect,
        &[
            ("width", number(10.0)),
            ("height", number(10.0)),
            ("fill", list(&[1.0; 4])),
            ("shadowColor", list(&[0.0, 0.0, 0.0, 1.0])),
            ("shadowOffset", list(&[8.0, 0.0])),
            ("shadowBlur", number(4.0)),
        ],
        &[],
    );
    let group = scene.node(Node, &[], &[card]);
    scene.show(&[group]);
    let view = scene.view;
    assert_eq!(shadow(&mut scene), "shadow 2 8 0");
    scene.set(view, "scale", list(&[0.5, 0.5]));
    assert_eq!(shadow(&mut scene), "shadow 1 4 0");
    scene.set(view, "rotation", number(90.0));
    assert_eq!(shadow(&mut scene), "shadow 1 0 4");
    // A group that is composited for itself, and is so no more.
    scene.set(group, "composite", yes());
    scene.set(group, "scale", list(&[3.0, 3.0]));
    assert_eq!(shadow(&mut scene), "shadow 3 0 12");
    scene.set(group, "composite", no());
    assert_eq!(shadow(&mut scene), "shadow 1 0 4");
}

#[test]
fn a_word_that_a_property_does_not_know_leaves_it_as_it_was() {
    let mut scene = Scene::new();
    let txt = scene.txt(
        "x",
        &[("width", number(400.0)), ("textAlign", text("right"))],
    );
    scene.show(&[txt]);
    let before = draw(&mut scene);
    for half in ["rigter", "ceighr", "cenght"] {
        scene.set(txt, "textAlign", text(half));
        assert!(before.same(&draw(&mut scene)));
    }
    scene.set(txt, "textAlign", text("center"));
    assert!(!before.same(&draw(&mut scene)));
    assert_eq!(
        scene.stage.warnings(),
        ["`txt`: `textAlign` must be a text alignment, got `\"rigter\"`; it stays as it was"]
    );
    // CSS does not mind capitals.
    scene.set(txt, "fontStyle", text("Italic"));
    scene.set(txt, "textAlign", text("RIGHT"));
    assert_eq!(scene.stage.warnings(), [""; 0]);
}

#[test]
fn a_polygon_draws_its_outline_behind_its_children_and_lays_them_out() {
    let mut scene = Scene::new();
    let child = square(&mut scene, Rect, &[("fill", list(&RED))]);
    let polygon = scene.node(
        Polygon,
        &[
            ("layout", yes()),
            ("padding", list(&[10.0, 20.0, 10.0, 20.0])),
            ("sides", number(4.0)),
            ("fill", list(&BLUE)),
        ],
        &[child],
    );
    scene.show(&[polygon]);
    assert_eq!(scene.size(polygon), [140.0, 120.0]);
    let drawn = dump(&draw(&mut scene));
    let lines: Vec<&str> = drawn.lines().skip(2).map(str::trim).collect();
    assert_eq!(lines.len(), 2, "{drawn}");
    assert!(lines[0].starts_with("path M"), "{drawn}");
    assert!(lines[0].ends_with("fill #0000ffff"), "{drawn}");
    assert_eq!(lines[1], "rect -50 -50 50 50 fill #ff0000ff");
    // From the middle of the side that closes it to the corner at the top.
    let half = f64::hypot(35.0, 30.0);
    for (along, x, y) in [
        (0.0, -35.0, -30.0),
        (half, 0.0, -60.0),
        (3.0 * half, 70.0, 0.0),
    ] {
        let (point, _) = scene.stage.point_at(polygon, along);
        assert!(f64::hypot(point.x - x, point.y - y) < 1e-3, "{point:?}");
    }
    // A square stood on its corner: four sides of √(70² + 60²).
    let around = 4.0 * f64::hypot(70.0, 60.0);
    assert!((scene.stage.arc_length(polygon) - around).abs() < 1e-6);
}

#[test]
fn a_polygon_clips_its_children_to_its_outline() {
    let mut scene = Scene::new();
    let child = square(&mut scene, Rect, &[("fill", list(&RED))]);
    let polygon = square(
        &mut scene,
        Polygon,
        &[("sides", number(3.0)), ("clip", yes())],
    );
    scene.stage.set_children(polygon, &[child]);
    scene.show(&[polygon]);
    let drawn = dump(&draw(&mut scene));
    assert!(drawn.contains(" clip path M"), "{drawn}");
}

#[test]
fn a_grid_is_lines_from_the_middle_and_black_until_told_otherwise() {
    let mut scene = Scene::new();
    let grid = scene.node(
        Grid,
        &[
            ("width", number(100.0)),
            ("height", number(50.0)),
            ("spacing", list(&[40.0, 30.0])),
            ("end", number(0.5)),
            ("fill", list(&RED)),
        ],
        &[],
    );
    check(
        &mut scene,
        &[grid],
        "path M-40,-25 L-40,0 M0,-25 L0,0 M40,-25 L40,0 M-50,0 L0,0 stroke #000000ff of 1",
    );
    scene.set(grid, "stroke", list(&BLUE));
    scene.set(grid, "lineWidth", number(4.0));
    scene.set(grid, "spacing", list(&[80.0, 10.0]));
    scene.set(grid, "start", number(0.25));
    scene.set(grid, "end", number(1.0));
    check(
        &mut scene,
        &[grid],
        "path M0,-12.5 L0,25 M-25,-20 L50,-20 M-25,-10 L50,-10 M-25,0 L50,0 M-25,10 L50,10 \
         M-25,20 L50,20 stroke #0000ffff of 4",
    );
    let wrong = scene.stage.set(grid, "spacing", list(&[0.0, 10.0]));
    assert_eq!(
        wrong.unwrap_err().to_string(),
        "`spacing` must be two distances greater than 0, got `a list of 2 numbers`"
    );
}
