//! What scripts draw by themselves.

use std::sync::Arc;

use kinora_film::{Drawing, Node as DrawingNode};
use kinora_stage::{
    CanvasCalls, CanvasError, NodeId,
    NodeKind::{Img, Node, Rect},
    Scope, Value, ViewPlacement,
};

use crate::{Scene, dump::dump, list, number};

/// Codes of calls, as the runtime writes them.
mod call {
    pub const SAVE: f64 = 0.0;
    pub const RESTORE: f64 = 1.0;
    pub const TRANSFORM: f64 = 2.0;
    pub const BEGIN: f64 = 4.0;
    pub const MOVE: f64 = 5.0;
    pub const LINE: f64 = 6.0;
    pub const RECT: f64 = 11.0;
    pub const FILL: f64 = 14.0;
    pub const STROKE: f64 = 15.0;
    pub const CLIP: f64 = 16.0;
    pub const FILL_RECT: f64 = 18.0;
    pub const CLEAR_RECT: f64 = 20.0;
    pub const FILL_COLOR: f64 = 21.0;
    pub const ALPHA: f64 = 31.0;
    pub const COMPOSITE: f64 = 32.0;
    pub const FILL_TEXT: f64 = 41.0;
    pub const PICTURE: f64 = 43.0;
    pub const SURFACE: f64 = 44.0;
    pub const HOLE: f64 = 45.0;
}
use call::*;

const WHOLE: f64 = 0.0;
const OWN: f64 = 3.0;
const CHILDREN: f64 = 5.0;
const UNPLACED: f64 = 6.0;

/// Calls, with what they name.
#[derive(Clone, Default)]
struct Calls {
    numbers: Vec<f64>,
    texts: Vec<String>,
    nodes: Vec<Option<NodeId>>,
    surfaces: Vec<Arc<CanvasCalls>>,
}

impl From<Calls> for CanvasCalls {
    fn from(calls: Calls) -> Self {
        Self::new(calls.numbers, calls.texts, calls.nodes, calls.surfaces)
    }
}

fn calls(calls: &[&[f64]]) -> Calls {
    Calls {
        numbers: calls.concat(),
        ..Calls::default()
    }
}

fn draw(scene: &mut Scene) -> Drawing {
    let view = scene.view;
    scene.stage.draw(&[ViewPlacement::new(view)])
}

/// The lines below the view's own.
fn drawn(scene: &mut Scene) -> Vec<String> {
    let text = dump(&draw(scene));
    let lines = text.lines().skip(1);
    lines
        .map(|line| line.strip_prefix("  ").unwrap().to_owned())
        .collect()
}

/// A node in the view that draws this by itself.
fn custom(scene: &mut Scene, calls: impl Into<CanvasCalls>) -> NodeId {
    let node = scene.node(Node, &[], &[]);
    scene.show(&[node]);
    let recorded = scene.stage.record(node, Scope::Content, Some(calls.into()));
    recorded.unwrap();
    node
}

fn square(scene: &mut Scene, size: f64) -> NodeId {
    let properties = [
        ("width", number(size)),
        ("height", number(size)),
        ("fill", list(&[1.0, 0.0, 0.0, 1.0])),
    ];
    scene.node(Rect, &properties, &[])
}

#[test]
fn what_is_drawn_in_a_row_under_one_transform_is_one_group() {
    let mut scene = Scene::new();
    custom(
        &mut scene,
        calls(&[
            &[FILL_RECT, 0.0, 0.0, 10.0, 10.0],
            &[TRANSFORM, 1.0, 0.0, 0.0, 1.0, 5.0, 6.0],
            &[FILL_COLOR, 1.0, 0.0, 0.0, 1.0],
            &[FILL_RECT, 0.0, 0.0, 2.0, 2.0],
            &[FILL_RECT, 4.0, 0.0, 2.0, 2.0],
        ]),
    );
    let lines = drawn(&mut scene);
    assert_eq!(lines.len(), 5, "{lines:#?}");
    assert!(lines[1].starts_with("  rect 0 0 10 10"), "{lines:#?}");
    assert_eq!(lines[2], "  group move 5 6");
    assert!(lines[3].contains("fill") && lines[4].contains("fill"));
}

#[test]
fn a_path_stays_where_it_was_built() {
    let mut scene = Scene::new();
    custom(
        &mut scene,
        calls(&[
            &[BEGIN],
            &[MOVE, 10.0, 0.0],
            &[TRANSFORM, 2.0, 0.0, 0.0, 2.0, 0.0, 0.0],
            &[LINE, 10.0, 10.0],
            &[STROKE],
        ]),
    );
    let lines = drawn(&mut scene);
    assert_eq!(lines[0], "group matrix [2.0, 0.0, 0.0, 2.0, 0.0, 0.0]");
    assert!(lines[1].contains("M5,0 L10,10"), "{lines:#?}");
}

#[test]
fn clips_bound_what_is_drawn_until_they_are_restored() {
    let mut scene = Scene::new();
    custom(
        &mut scene,
        calls(&[
            &[SAVE],
            &[BEGIN],
            &[RECT, 0.0, 0.0, 10.0, 10.0],
            &[CLIP, 0.0],
            &[BEGIN],
            &[RECT, 5.0, 5.0, 10.0, 10.0],
            &[CLIP, 0.0],
            &[FILL_RECT, 0.0, 0.0, 20.0, 20.0],
            &[RESTORE],
            &[FILL_RECT, 0.0, 0.0, 1.0, 1.0],
            &[RESTORE],
        ]),
    );
    let lines = drawn(&mut scene);
    // Two rectangles in one another are one.
    assert!(lines[1].contains("clip rect 5 5"), "{lines:#?}");
    assert_eq!(lines.len(), 4, "{lines:#?}");
    assert!(lines[3].starts_with("  rect"), "{lines:#?}");
}

#[test]
fn nothing_is_drawn_where_a_number_is_none_or_a_transform_is_flat() {
    let mut scene = Scene::new();
    custom(
        &mut scene,
        calls(&[
            &[FILL_RECT, f64::NAN, 0.0, 10.0, 10.0],
            &[TRANSFORM, 1.0, 0.0, 0.0, f64::INFINITY, 0.0, 0.0],
            &[FILL_RECT, 0.0, 0.0, 1.0, 1.0],
            &[TRANSFORM, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            &[FILL_RECT, 0.0, 0.0, 10.0, 10.0],
            &[BEGIN],
            &[RECT, 0.0, 0.0, 10.0, 10.0],
            &[FILL, 0.0],
        ]),
    );
    assert_eq!(drawn(&mut scene).len(), 1);
}

#[test]
fn the_stage_draws_what_is_its_own_where_the_script_says() {
    let mut scene = Scene::new();
    let child = square(&mut scene, 4.0);
    let rect = square(&mut scene, 20.0);
    scene.stage.set_children(rect, &[child]);
    scene.show(&[rect]);
    let plain = drawn(&mut scene);
    let mut recording = calls(&[
        &[HOLE, OWN, 0.0],
        &[FILL_RECT, 0.0, 0.0, 1.0, 1.0],
        &[TRANSFORM, 1.0, 0.0, 0.0, 1.0, 7.0, 0.0],
        &[HOLE, CHILDREN, 0.0],
        &[ALPHA, 0.5],
        &[HOLE, CHILDREN, 0.0],
    ]);
    recording.nodes = vec![Some(rect)];
    let record = |scene: &mut Scene, recording: Option<Calls>| {
        let recorded = scene
            .stage
            .record(rect, Scope::Content, recording.map(Into::into));
        recorded.unwrap();
    };
    record(&mut scene, Some(recording));
    let lines = drawn(&mut scene);
    assert!(lines[1].contains("rect -10 -10"), "{lines:#?}");
    assert!(lines[2].contains("rect 0 0 1 1"), "{lines:#?}");
    assert_eq!(lines[3].trim(), "group move 7 0");
    assert!(lines[4].contains("rect -2 -2"), "{lines:#?}");
    assert!(
        lines[5].contains("rect -2 -2") && lines[5].contains("ff000080"),
        "{lines:#?}"
    );
    // A child that changes is drawn anew though the script draws the same.
    scene.stage.set(child, "width", number(8.0)).unwrap();
    assert!(drawn(&mut scene)[4].contains("rect -4 -2"));
    scene.stage.set(child, "width", number(4.0)).unwrap();
    record(&mut scene, None);
    assert_eq!(drawn(&mut scene), plain);
}

#[test]
fn a_node_of_another_tree_is_followed_where_it_is_drawn() {
    let mut scene = Scene::new();
    let apart = square(&mut scene, 4.0);
    let mut recording = calls(&[&[HOLE, WHOLE, 0.0]]);
    recording.nodes = vec![Some(apart)];
    custom(&mut scene, recording);
    assert!(drawn(&mut scene)[0].contains("rect -2 -2"));
    scene.stage.set(apart, "width", number(10.0)).unwrap();
    assert!(drawn(&mut scene)[0].contains("rect -5 -2"));
    scene.stage.dispose(apart);
    draw(&mut scene);
}

#[test]
fn a_node_that_draws_itself_ends() {
    let mut scene = Scene::new();
    for part in [WHOLE, 1.0] {
        let node = scene.node(Node, &[], &[]);
        scene.show(&[node]);
        let mut recording = calls(&[
            &[FILL_RECT, 0.0, 0.0, 1.0, 1.0],
            &[HOLE, part, 0.0],
            &[HOLE, CHILDREN, 0.0],
        ]);
        recording.nodes = vec![Some(node)];
        let recorded = scene
            .stage
            .record(node, Scope::Content, Some(recording.into()));
        recorded.unwrap();
        let lines = drawn(&mut scene);
        assert!(lines.iter().any(|line| line.contains("rect 0 0 1 1")));
    }
}

#[test]
fn a_node_may_be_placed_by_its_script() {
    let mut scene = Scene::new();
    let node = square(&mut scene, 4.0);
    scene.show(&[node]);
    scene
        .stage
        .set(node, "position", list(&[50.0, 0.0]))
        .unwrap();
    scene.stage.set(node, "opacity", number(0.5)).unwrap();
    let mut recording = calls(&[
        &[TRANSFORM, 1.0, 0.0, 0.0, 1.0, 9.0, 0.0],
        &[HOLE, UNPLACED, 0.0],
    ]);
    recording.nodes = vec![Some(node)];
    let recorded = scene
        .stage
        .record(node, Scope::Whole, Some(recording.into()));
    recorded.unwrap();
    let text = dump(&draw(&mut scene));
    assert!(
        text.contains("move 9 0") && !text.contains("move 50"),
        "{text}"
    );
    assert!(text.contains("opacity 0.5"), "{text}");
}

#[test]
fn what_draws_the_same_stays_the_same_drawing() {
    let mut scene = Scene::new();
    let same = |x: f64| calls(&[&[FILL_RECT, x, 0.0, 10.0, 10.0]]);
    let node = custom(&mut scene, same(1.0));
    let first = draw(&mut scene);
    let record = |scene: &mut Scene, recording: Calls| {
        let recorded = scene
            .stage
            .record(node, Scope::Content, Some(recording.into()));
        recorded.unwrap();
        draw(scene)
    };
    assert!(record(&mut scene, same(1.0)).same(&first));
    assert!(!record(&mut scene, same(2.0)).same(&first));
    // Other calls that come to the same.
    let mut other = same(2.0);
    let second = draw(&mut scene);
    other.numbers.extend([SAVE, RESTORE]);
    assert!(record(&mut scene, other).same(&second));
}

#[test]
fn operations_act_on_the_picture_of_the_scene() {
    let mut scene = Scene::new();
    let mut recording = calls(&[
        &[COMPOSITE, 0.0],
        &[FILL_RECT, 0.0, 0.0, 10.0, 10.0],
        &[COMPOSITE, 1.0],
        &[CLEAR_RECT, 2.0, 2.0, 2.0, 2.0],
    ]);
    recording.texts = vec!["multiply".to_owned(), "nonsense".to_owned()];
    let node = custom(&mut scene, recording);
    let text = dump(&draw(&mut scene));
    assert!(text.lines().next().unwrap().ends_with("isolated"), "{text}");
    assert!(
        text.contains("Multiply") && text.contains("DestinationOut"),
        "{text}"
    );
    let recorded = scene.stage.record(node, Scope::Content, None);
    recorded.unwrap();
    let text = dump(&draw(&mut scene));
    assert!(!text.contains("isolated"), "{text}");
}

#[test]
fn a_canvas_is_drawn_as_it_was() {
    let mut scene = Scene::new();
    let surface = calls(&[
        &[FILL_RECT, 0.0, 0.0, 1.0, 1.0],
        &[CLEAR_RECT, 0.0, 0.0, 20.0, 10.0],
        &[FILL_RECT, 5.0, 5.0, 50.0, 5.0],
    ]);
    let mut recording = calls(&[
        // all of it, twice as wide
        &[
            SURFACE, 0.0, 20.0, 10.0, 0.0, 0.0, 20.0, 10.0, 0.0, 0.0, 40.0, 10.0,
        ],
        // its right half
        &[
            SURFACE, 0.0, 20.0, 10.0, 10.0, 0.0, 10.0, 10.0, 0.0, 0.0, 10.0, 10.0,
        ],
        // nothing of it
        &[
            SURFACE, 0.0, 20.0, 10.0, 30.0, 0.0, 10.0, 10.0, 0.0, 0.0, 10.0, 10.0,
        ],
    ]);
    recording.surfaces = vec![Arc::new(surface.into())];
    custom(&mut scene, recording);
    let text = dump(&draw(&mut scene));
    assert_eq!(text.matches("rect 5 5 55 10").count(), 2, "{text}");
    assert_eq!(text.matches("clip rect 0 0 20 10").count(), 2, "{text}");
    assert_eq!(text.matches("clip rect 0 0 10 10").count(), 1, "{text}");
    assert!(text.contains("matrix [2.0, 0.0, 0.0, 1.0"), "{text}");
    assert!(!text.contains("rect 0 0 1 1"), "{text}");
}

#[test]
fn a_part_of_a_picture_is_cut_out_of_it() {
    let mut scene = Scene::new();
    let mut recording = calls(&[&[
        PICTURE,
        0.0,
        f64::INFINITY,
        100.0,
        50.0, // the file
        50.0,
        0.0,
        50.0,
        50.0, // its right half
        0.0,
        0.0,
        100.0,
        100.0,
    ]]);
    recording.texts = vec!["ab".repeat(32)];
    custom(&mut scene, recording);
    let text = dump(&draw(&mut scene));
    assert!(text.contains("clip rect 0 0 100 100"), "{text}");
    assert!(text.contains("-100 0 100 100"), "{text}");
}

#[test]
fn a_picture_of_a_kind_is_its_own_without_the_outline() {
    let mut scene = Scene::new();
    let img = scene.node(
        Img,
        &[
            ("asset", Value::Text("cd".repeat(32))),
            ("natural", list(&[10.0, 10.0])),
            ("fill", list(&[1.0, 0.0, 0.0, 1.0])),
        ],
        &[],
    );
    scene.show(&[img]);
    let mut recording = calls(&[&[HOLE, 4.0, 0.0]]);
    recording.nodes = vec![Some(img)];
    let recorded = scene
        .stage
        .record(img, Scope::Content, Some(recording.into()));
    recorded.unwrap();
    let mut found = Vec::new();
    fn leaves(drawing: &Drawing, found: &mut Vec<bool>) {
        match &**drawing {
            DrawingNode::Group(group) => group.children.iter().for_each(|c| leaves(c, found)),
            node => found.push(matches!(node, DrawingNode::Picture(_))),
        }
    }
    leaves(&draw(&mut scene), &mut found);
    assert_eq!(found, [true]);
}

#[test]
fn texts_are_put_where_the_canvas_has_them() {
    let mut scene = Scene::new();
    let font = [38.0, 20.0, 400.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    let text = |align: f64, widest: f64| {
        let mut recording = calls(&[
            &font,
            &[39.0, align],
            &[FILL_TEXT, 1.0, 100.0, 50.0, widest],
        ]);
        recording.texts = vec!["Roboto".to_owned(), "Hello".to_owned()];
        recording
    };
    let width = {
        let metrics = scene.stage.measure_text(
            "Hello",
            "Roboto",
            [20.0, 400.0, 0.0, 0.0, 0.0, 0.0],
            (0.0, 0.0),
        );
        assert!(metrics.left.abs() < 3.0 && (metrics.right - metrics.width).abs() < 3.0);
        assert!(metrics.ascent > 13.0 && metrics.descent.abs() < 1.0);
        metrics.width
    };
    assert!((width - 45.6).abs() < 1.0, "{width}");
    let mut starts = Vec::new();
    for align in [0.0, 1.0, 2.0] {
        custom(&mut scene, text(align, f64::INFINITY));
        let drawing = draw(&mut scene);
        let DrawingNode::Group(view) = &*drawing else {
            panic!("the view is a group");
        };
        fn first(drawing: &Drawing) -> f64 {
            match &**drawing {
                DrawingNode::Group(group) => first(&group.children[0]),
                DrawingNode::Glyphs(run) => f64::from(run.glyphs[0].x),
                _ => panic!("a text is drawn"),
            }
        }
        starts.push(first(&view.children[0]));
    }
    let want = [100.0, 100.0 - width / 2.0, 100.0 - width];
    for (start, want) in starts.iter().zip(want) {
        assert!((start - want).abs() < 1e-3, "{starts:?}");
    }
    custom(&mut scene, text(0.0, width / 2.0));
    assert!(dump(&draw(&mut scene)).contains("matrix [0.5"));
}

#[test]
fn what_is_more_than_can_be_drawn_is_told() {
    let mut scene = Scene::new();
    let node = scene.node(Node, &[], &[]);
    let mut record = |numbers: Vec<f64>, surfaces: Vec<Arc<CanvasCalls>>| {
        let recording = CanvasCalls::new(numbers, Vec::new(), Vec::new(), surfaces);
        scene.stage.record(node, Scope::Content, Some(recording))
    };
    let rect = [FILL_RECT, 0.0, 0.0, 1.0, 1.0];
    assert_eq!(record(rect.repeat(250_000), Vec::new()), Ok(()));
    assert_eq!(
        record(rect.repeat(250_001), Vec::new()),
        Err(CanvasError::TooMuch)
    );
    assert_eq!(
        record([SAVE].repeat(10_001), Vec::new()),
        Err(CanvasError::Saves)
    );
    let turned = [
        TRANSFORM, 0.8, 0.6, -0.6, 0.8, 0.0, 0.0, BEGIN, RECT, 0.0, 0.0, 9.0, 9.0, CLIP, 0.0,
    ];
    assert_eq!(
        record(turned.repeat(65), Vec::new()),
        Err(CanvasError::Clips)
    );
    // A canvas that is drawn into itself over and over.
    let place = [
        SURFACE, 0.0, 9.0, 9.0, 0.0, 0.0, 9.0, 9.0, 0.0, 0.0, 9.0, 9.0,
    ];
    let mut surface = Arc::new(calls(&[&rect]).into());
    for _ in 0..40 {
        let numbers = place.repeat(2);
        surface = Arc::new(CanvasCalls::new(
            numbers,
            Vec::new(),
            Vec::new(),
            vec![surface],
        ));
    }
    let deep = record(place.to_vec(), vec![surface]);
    assert!(
        matches!(deep, Err(CanvasError::Surfaces | CanvasError::TooMuch)),
        "{deep:?}"
    );
    for broken in [
        vec![99.0],
        vec![FILL_RECT, 1.0],
        vec![17.0, 1.0, 0.0],
        vec![HOLE, 0.0, 3.0],
    ] {
        assert_eq!(record(broken, Vec::new()), Err(CanvasError::Broken));
    }
}
