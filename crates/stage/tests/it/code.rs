//! Texts that a node puts at places itself.

use kinora_stage::{
    NodeKind::{Code, Rect},
    Value, ViewPlacement,
};

use crate::{Scene, dump::dump, list, number, text, yes};

fn texts(lines: &str, numbers: &[f64]) -> Value {
    Value::List(vec![text(lines), list(numbers)])
}

fn drawn(scene: &mut Scene) -> String {
    let view = scene.view;
    dump(&scene.stage.draw(&[ViewPlacement::new(view)]))
}

#[test]
fn texts_stand_where_they_are_put_from_the_corner() {
    let mut scene = Scene::new();
    let two = texts(
        "let\nlet\nx",
        &[
            0.0, 19.0, 1.0, 0.0, 0.0, 1.0, //
            10.0, 43.0, 0.0, 0.0, 1.0, 1.0, //
            40.0, 19.0, 1.0, 0.0, 0.0, 1.0,
        ],
    );
    let code = scene.node(
        Code,
        &[
            ("measured", list(&[100.0, 60.0])),
            ("fontSize", number(20.0)),
            ("texts", two),
        ],
        &[],
    );
    scene.show(&[code]);
    assert_eq!(scene.size(code), [100.0, 60.0]);
    // What has one colour on one line is one run.
    let expected = "\
group move 960 540
  group
    4 glyphs of 20 px at -50 -11 fill #ff0000ff
    3 glyphs of 20 px at -40 13 fill #0000ffff
";
    assert_eq!(drawn(&mut scene), expected);
}

#[test]
fn a_font_that_is_handed_down_changes_them() {
    let mut scene = Scene::new();
    let code = scene.node(
        Code,
        &[
            ("measured", list(&[100.0, 60.0])),
            ("texts", texts("a", &[0.0, 19.0, 1.0, 1.0, 1.0, 1.0])),
        ],
        &[],
    );
    let row = scene.node(
        Rect,
        &[("layout", yes()), ("fontSize", number(20.0))],
        &[code],
    );
    scene.show(&[row]);
    assert!(drawn(&mut scene).contains("1 glyphs of 20 px"));
    scene.set(row, "fontSize", number(30.0));
    assert!(drawn(&mut scene).contains("1 glyphs of 30 px"));
    let view = scene.view;
    scene.set(view, "fontSize", number(12.0));
    assert!(drawn(&mut scene).contains("1 glyphs of 30 px"));
    scene.show(&[code]);
    assert!(drawn(&mut scene).contains("1 glyphs of 12 px"));
    scene.show(&[]);
    scene.stage.dispose(code);
    assert!(!drawn(&mut scene).contains("glyphs"));
}

#[test]
fn nothing_else_makes_their_box_larger() {
    let mut scene = Scene::new();
    let code = scene.node(
        Code,
        &[
            ("measured", list(&[100.0, 60.0])),
            ("width", number(500.0)),
            ("padding", list(&[9.0; 4])),
        ],
        &[],
    );
    assert_eq!(scene.size(code), [100.0, 60.0]);
    scene.set(code, "measured", Value::Null);
    assert_eq!(scene.size(code), [18.0, 18.0]);
}

#[test]
fn texts_are_measured_in_a_style() {
    let mut scene = Scene::new();
    let style = [
        ("fontSize", number(20.0)),
        ("letterSpacing", number(2.0)),
        ("lineHeight", text("normal")),
        ("fontWeight", text("no weight")),
    ];
    let lines = ["", "x", "x ", "\tx"];
    let measured = scene
        .stage
        .measure_texts(&style, lines.into_iter())
        .unwrap();
    assert_eq!((measured.ascent, measured.descent), (19.0, 5.0));
    assert_eq!(measured.line, 24.0);
    // The em box of Roboto is 2146 + 555 units high.
    assert!((measured.em_ascent - 20.0 * 2146.0 / 2701.0).abs() < 1e-9);
    // x 1016, space 508 in 2048ths.
    let expected = [0.0, 11.921_875, 18.882_812_5, 18.882_812_5];
    for (width, expected) in measured.widths.iter().zip(expected) {
        assert!((width - expected).abs() < 1e-3, "{width} for {expected}");
    }
    let wrong = [("fontSize", text("large"))];
    let error = scene
        .stage
        .measure_texts(&wrong, lines.into_iter())
        .unwrap_err();
    assert!(error.to_string().contains("fontSize"), "{error}");
}

#[test]
fn each_text_has_its_six_numbers() {
    let mut scene = Scene::new();
    let code = scene.node(Code, &[], &[]);
    for wrong in [
        text("x"),
        list(&[1.0]),
        texts("a\nb", &[0.0; 6]),
        texts("a", &[0.0; 7]),
    ] {
        let error = scene.stage.set(code, "texts", wrong).unwrap_err();
        assert!(error.to_string().contains("six numbers"), "{error}");
    }
}
