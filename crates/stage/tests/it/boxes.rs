use kinora_stage::NodeKind::{Circle, Img, Layout, Line, Node, Rect};

use crate::{Scene, list, no, number, text, yes};

#[test]
fn a_row_divides_its_room() {
    let mut scene = Scene::new();
    let a = scene.node(Rect, &[("width", number(50.0))], &[]);
    let b = scene.node(Rect, &[("grow", number(1.0))], &[]);
    let c = scene.node(Rect, &[("width", text("25%"))], &[]);
    let row = scene.node(
        Rect,
        &[
            ("layout", yes()),
            ("width", number(400.0)),
            ("height", number(100.0)),
            ("padding", list(&[10.0; 4])),
            ("gap", list(&[20.0, 20.0])),
        ],
        &[a, b, c],
    );
    scene.show(&[row]);
    assert_eq!(scene.rect(row), [0.0, 0.0, 400.0, 100.0]);
    // 380 inside: 50, 25 % = 95, two gaps of 20, and the rest of 195.
    assert_eq!(scene.rect(a), [-165.0, 0.0, 50.0, 80.0]);
    assert_eq!(scene.rect(b), [-22.5, 0.0, 195.0, 80.0]);
    assert_eq!(scene.rect(c), [142.5, 0.0, 95.0, 80.0]);
}

#[test]
fn percentages_of_a_root_are_of_the_scene() {
    let mut scene = Scene::new();
    let half = [("width", text("50%")), ("height", text("50%"))];
    let inner = scene.node(Rect, &half, &[]);
    let outer = scene.node(
        Rect,
        &[("width", number(100.0)), ("height", number(100.0))],
        &[inner],
    );
    scene.show(&[outer]);
    assert_eq!(scene.rect(inner), [0.0, 0.0, 960.0, 540.0]);
    let detached = scene.node(Rect, &half, &[]);
    assert_eq!(scene.size(detached), [960.0, 540.0]);
}

#[test]
fn a_box_is_never_smaller_than_its_padding() {
    let mut scene = Scene::new();
    let rect = scene.node(
        Rect,
        &[
            ("width", number(300.0)),
            ("height", number(100.0)),
            ("padding", list(&[70.0; 4])),
        ],
        &[],
    );
    assert_eq!(scene.size(rect), [300.0, 140.0]);
}

#[test]
fn without_sizes_a_box_is_empty() {
    let mut scene = Scene::new();
    let rect = scene.node(Rect, &[], &[]);
    assert_eq!(scene.size(rect), [0.0, 0.0]);
    let child = scene.node(
        Rect,
        &[("width", number(5.0)), ("height", number(5.0))],
        &[],
    );
    let layout = scene.node(Layout, &[], &[child]);
    assert_eq!(scene.size(layout), [0.0, 0.0]);
    scene.set(layout, "layout", yes());
    assert_eq!(scene.size(layout), [5.0, 5.0]);
}

#[test]
fn groups_are_transparent_to_layout_and_roots_are_not() {
    let mut scene = Scene::new();
    let square = [("width", number(20.0)), ("height", number(20.0))];
    let a = scene.node(Rect, &square, &[]);
    let b = scene.node(Rect, &square, &[]);
    let free = scene.node(
        Rect,
        &[
            ("width", number(99.0)),
            ("height", number(99.0)),
            ("layout", no()),
            ("position", list(&[7.0, 8.0])),
        ],
        &[],
    );
    let group = scene.node(Node, &[("position", list(&[1.0, 1.0]))], &[a, free]);
    let row = scene.node(Layout, &[("layout", yes())], &[group, b]);
    scene.show(&[row]);
    assert_eq!(scene.rect(row), [0.0, 0.0, 40.0, 20.0]);
    assert_eq!(scene.rect(a), [-10.0, 0.0, 20.0, 20.0]);
    assert_eq!(scene.rect(b), [10.0, 0.0, 20.0, 20.0]);
    assert_eq!(scene.rect(free), [0.0, 0.0, 99.0, 99.0]);
    // Taken into the layout, it is the highest item.
    scene.set(free, "layout", kinora_stage::Value::Null);
    assert_eq!(scene.rect(row), [0.0, 0.0, 139.0, 99.0]);
    // 20 high from the top of 99: 10 - 49.5; stretch changes no given height.
    assert_eq!(scene.rect(b), [59.5, -39.5, 20.0, 20.0]);
}

#[test]
fn a_column_justifies_and_aligns() {
    let mut scene = Scene::new();
    let a = scene.node(
        Rect,
        &[("width", number(40.0)), ("height", number(20.0))],
        &[],
    );
    let b = scene.node(
        Rect,
        &[
            ("width", number(60.0)),
            ("height", number(20.0)),
            ("margin", list(&[5.0, 10.0, 15.0, 20.0])),
            ("alignSelf", text("end")),
        ],
        &[],
    );
    let column = scene.node(
        Layout,
        &[
            ("layout", yes()),
            ("direction", text("column")),
            ("width", number(200.0)),
            ("height", number(200.0)),
            ("justifyContent", text("space-between")),
            ("alignItems", text("center")),
        ],
        &[a, b],
    );
    scene.show(&[column]);
    assert_eq!(scene.rect(a), [0.0, -90.0, 40.0, 20.0]);
    // Its margins keep it 10 from the right and 15 from the bottom.
    assert_eq!(scene.rect(b), [60.0, 75.0, 60.0, 20.0]);
}

#[test]
fn a_root_shrinks_to_fit_the_scene() {
    let mut scene = Scene::new();
    let wide = [
        ("width", number(800.0)),
        ("height", number(10.0)),
        ("shrink", number(0.0)),
    ];
    let items = [0; 3].map(|_| scene.node(Rect, &wide, &[]));
    let row = scene.node(Layout, &[("layout", yes()), ("wrap", text("wrap"))], &items);
    scene.show(&[row]);
    assert_eq!(scene.size(row), [1920.0, 20.0]);
    // The third starts the second line: 400 - 960 from the centre.
    assert_eq!(scene.rect(items[2]), [-560.0, 5.0, 800.0, 10.0]);
    scene.stage.set_children(row, &items[..2]);
    assert_eq!(scene.size(row), [1600.0, 10.0]);
}

#[test]
fn percentages_in_a_box_that_fits_its_content_are_of_the_result() {
    let mut scene = Scene::new();
    let a = scene.node(
        Rect,
        &[("width", number(300.0)), ("height", number(10.0))],
        &[],
    );
    let b = scene.node(
        Rect,
        &[("width", text("50%")), ("height", number(10.0))],
        &[],
    );
    let column = scene.node(
        Layout,
        &[("layout", yes()), ("direction", text("column"))],
        &[a, b],
    );
    assert_eq!(scene.size(column), [300.0, 20.0]);
    assert_eq!(scene.rect(b), [-75.0, 5.0, 150.0, 10.0]);
}

#[test]
fn lengths_are_cut_to_sixty_fourths() {
    let mut scene = Scene::new();
    // 100.01 · 64 = 6400.64, 33.34 · 64 = 2133.76.
    let rect = scene.node(
        Rect,
        &[("width", number(100.01)), ("height", number(33.34))],
        &[],
    );
    assert_eq!(scene.size(rect), [100.0, 2133.0 / 64.0]);
}

#[test]
fn least_and_greatest_sizes_bound_a_box() {
    let mut scene = Scene::new();
    let rect = scene.node(
        Rect,
        &[
            ("width", text("10%")),
            ("minWidth", number(500.0)),
            ("height", number(80.0)),
            ("maxHeight", number(30.0)),
        ],
        &[],
    );
    assert_eq!(scene.size(rect), [500.0, 30.0]);
    let child = scene.node(
        Rect,
        &[("width", number(70.0)), ("height", number(7.0))],
        &[],
    );
    let keyword = scene.node(
        Layout,
        &[
            ("layout", yes()),
            ("width", number(10.0)),
            ("minWidth", text("max-content")),
        ],
        &[child],
    );
    assert_eq!(scene.size(keyword), [70.0, 7.0]);
}

#[test]
fn a_ratio_gives_the_other_side() {
    let mut scene = Scene::new();
    let rect = scene.node(
        Rect,
        &[("width", number(160.0)), ("ratio", number(2.0))],
        &[],
    );
    assert_eq!(scene.size(rect), [160.0, 80.0]);
}

#[test]
fn pictures_have_their_own_size_and_ratio() {
    let mut scene = Scene::new();
    let natural = ("natural", list(&[640.0, 480.0]));
    let both = scene.node(Img, std::slice::from_ref(&natural), &[]);
    assert_eq!(scene.size(both), [640.0, 480.0]);
    let width = scene.node(Img, &[natural.clone(), ("width", number(320.0))], &[]);
    assert_eq!(scene.size(width), [320.0, 240.0]);
    let height = scene.node(Img, &[natural.clone(), ("height", number(120.0))], &[]);
    assert_eq!(scene.size(height), [160.0, 120.0]);
    let stretched = scene.node(
        Img,
        &[
            natural.clone(),
            ("width", number(100.0)),
            ("height", number(100.0)),
        ],
        &[],
    );
    assert_eq!(scene.size(stretched), [100.0, 100.0]);
    let ratio = scene.node(
        Img,
        &[natural, ("width", number(100.0)), ("ratio", number(4.0))],
        &[],
    );
    assert_eq!(scene.size(ratio), [100.0, 25.0]);
}

#[test]
fn an_offset_moves_the_origin_of_a_laid_out_box() {
    let mut scene = Scene::new();
    let a = scene.node(
        Rect,
        &[
            ("width", number(40.0)),
            ("height", number(20.0)),
            ("offset", list(&[-1.0, 1.0])),
        ],
        &[],
    );
    let row = scene.node(
        Layout,
        &[
            ("layout", yes()),
            ("width", number(100.0)),
            ("height", number(100.0)),
        ],
        &[a],
    );
    scene.show(&[row]);
    // The centre lies at (-30, -40); its origin is its left bottom corner.
    assert_eq!(scene.rect(a), [-50.0, -30.0, 40.0, 20.0]);
}

#[test]
fn a_line_is_as_large_as_its_points() {
    let mut scene = Scene::new();
    let points = list(&[100.0, 100.0, 300.0, 150.0]);
    let line = scene.node(Line, &[("points", points), ("width", number(5.0))], &[]);
    assert_eq!(scene.size(line), [200.0, 50.0]);
    let row = scene.node(
        Layout,
        &[("layout", yes()), ("padding", list(&[10.0; 4]))],
        &[line],
    );
    assert_eq!(scene.size(row), [220.0, 70.0]);
    // The middle of the points, (200, 125), comes to the middle of the box.
    assert_eq!(scene.rect(line), [-200.0, -125.0, 200.0, 50.0]);
}

#[test]
fn a_line_without_points_follows_its_children() {
    let mut scene = Scene::new();
    let at = |x, y| [("position", list(&[x, y]))];
    let a = scene.node(Node, &at(0.0, 0.0), &[]);
    let b = scene.node(Circle, &at(30.0, 40.0), &[]);
    let line = scene.node(Line, &[], &[a, b]);
    assert_eq!(scene.size(line), [30.0, 40.0]);
    assert!((scene.stage.arc_length(line) - 50.0).abs() < 1e-9);
    scene.set(b, "position", list(&[60.0, 80.0]));
    assert_eq!(scene.size(line), [60.0, 80.0]);
    let (point, tangent) = scene.stage.point_at(line, 50.0);
    assert!((point - kinora_film::kurbo::Point::new(30.0, 40.0)).hypot() < 1e-3);
    assert!((tangent.x - 0.6).abs() < 1e-9 && (tangent.y - 0.8).abs() < 1e-9);
}

#[test]
fn a_node_taken_out_of_a_layout_stands_by_itself() {
    let mut scene = Scene::new();
    let child = scene.node(
        Rect,
        &[("width", text("50%")), ("height", number(10.0))],
        &[],
    );
    let row = scene.node(
        Layout,
        &[("layout", yes()), ("width", number(100.0))],
        &[child],
    );
    scene.show(&[row]);
    assert_eq!(scene.rect(child), [-25.0, 0.0, 50.0, 10.0]);
    scene.stage.set_children(row, &[]);
    assert_eq!(scene.rect(child), [0.0, 0.0, 960.0, 10.0]);
    assert_eq!(scene.size(row), [100.0, 0.0]);
    scene.show(&[row, child]);
    assert_eq!(scene.rect(child), [0.0, 0.0, 960.0, 10.0]);
    scene.stage.dispose(child);
    assert_eq!(scene.rect(child), [0.0; 4]);
}

#[test]
fn another_scene_size_lays_out_again() {
    let mut scene = Scene::new();
    let rect = scene.node(
        Rect,
        &[("width", text("100%")), ("height", text("10%"))],
        &[],
    );
    scene.show(&[rect]);
    assert_eq!(scene.size(rect), [1920.0, 108.0]);
    let view = scene.view;
    scene.set(view, "size", list(&[1080.0, 1920.0]));
    assert_eq!(scene.size(rect), [1080.0, 192.0]);
}

#[test]
fn an_item_with_proportions_does_not_shrink_below_them() {
    let mut scene = Scene::new();
    let sized = [
        ("width", number(120.0)),
        ("height", number(80.0)),
        ("ratio", number(1.5)),
    ];
    let kept = scene.node(Rect, &sized, &[]);
    // Without proportions it gives way.
    let shrunk = scene.node(Rect, &sized[..2], &[]);
    let row = scene.node(
        Rect,
        &[("layout", yes()), ("width", number(150.0))],
        &[kept, shrunk],
    );
    scene.show(&[row]);
    assert_eq!(scene.rect(kept)[2..], [120.0, 80.0]);
    assert_eq!(scene.rect(shrunk)[2..], [30.0, 80.0]);
}

#[test]
fn a_box_around_counts_its_items_no_larger_than_they_may_be() {
    let mut scene = Scene::new();
    let around = |scene: &mut Scene, direction: &str, item| {
        let properties = [("layout", yes()), ("direction", text(direction))];
        let row = scene.node(Layout, &properties, &[item]);
        scene.size(row)
    };
    let fixed = |scene: &mut Scene, most: &'static str| {
        let sides = [("width", number(200.0)), ("height", number(90.0))];
        let rect = scene.node(Rect, &sides, &[]);
        scene.set(rect, most, number(30.0));
        rect
    };
    let rect = fixed(&mut scene, "maxWidth");
    assert_eq!(around(&mut scene, "row", rect), [30.0, 90.0]);
    let rect = fixed(&mut scene, "maxHeight");
    assert_eq!(around(&mut scene, "column", rect), [200.0, 30.0]);
    let txt = scene.txt(
        "long long long text",
        &[
            ("fontSize", number(20.0)),
            ("textWrap", yes()),
            ("maxWidth", number(100.0)),
        ],
    );
    assert_eq!(around(&mut scene, "row", txt), [100.0, 48.0]);
    assert_eq!(scene.size(txt), [100.0, 48.0]);
    // A box whose contents are wider than it may be.
    let wide = scene.node(
        Rect,
        &[("width", number(200.0)), ("height", number(10.0))],
        &[],
    );
    let most = [("layout", yes()), ("maxWidth", number(120.0))];
    let inner = scene.node(Layout, &most, &[wide]);
    assert_eq!(around(&mut scene, "row", inner), [120.0, 10.0]);
    scene.set(wide, "width", number(50.0));
    assert_eq!(scene.size(inner), [50.0, 10.0]);
    scene.set(wide, "width", number(300.0));
    assert_eq!(scene.size(inner), [120.0, 10.0]);
}

#[test]
fn sizes_of_the_contents_as_limits_follow_the_contents() {
    let mut scene = Scene::new();
    let wide = scene.node(
        Rect,
        &[("width", number(80.0)), ("shrink", number(0.0))],
        &[],
    );
    let least = [
        ("layout", yes()),
        ("width", number(10.0)),
        ("height", number(5.0)),
        ("minWidth", text("max-content")),
    ];
    let rect = scene.node(Layout, &least, &[wide]);
    scene.show(&[rect]);
    assert_eq!(scene.size(rect), [80.0, 5.0]);
    scene.set(wide, "width", number(40.0));
    assert_eq!(scene.size(rect), [40.0, 5.0]);
}
