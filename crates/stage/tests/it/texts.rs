//! Roboto's advances, in 2048ths of an em: H 1461, e 1086, l 498, o 1168,
//! space 508, a 1114, b 1150, x 1016. Ascent 1900, descent 500, no gap.

use kinora_stage::{
    NodeKind::{Layout, Rect, Txt},
    TextLine,
};

use crate::{Scene, list, number, text, yes};

const EM: f64 = 2048.0;

fn ceil(width: f64) -> f64 {
    (width * 64.0).ceil() / 64.0
}

#[test]
fn a_text_is_as_wide_as_its_glyphs_and_a_line_high() {
    let mut scene = Scene::new();
    let txt = scene.txt("Hello", &[("fontSize", number(50.0))]);
    // 4711 units at 50 px are 115.0146 px; a line of 120 % is 60 px.
    assert_eq!(scene.size(txt), [ceil(4711.0 * 50.0 / EM), 60.0]);
    // The font is 46 + 12 px high; the leading of 2 px is 1 above.
    let line = scene.stage.lines(txt).remove(0);
    assert_eq!(line.baseline - line.y, 47.0);
}

#[test]
fn a_leaf_is_as_high_as_its_font() {
    let mut scene = Scene::new();
    let leaf = scene.leaf("Hello");
    let txt = scene.node(Txt, &[("fontSize", number(100.0))], &[leaf]);
    // 92.77 + 24.41 px round to 93 + 24; the line is 120: leading 3, 1 above.
    assert_eq!(scene.size(txt), [ceil(471_100.0 / EM), 120.0]);
    assert_eq!(scene.rect(leaf), [0.0, -0.5, ceil(471_100.0 / EM), 117.0]);
}

#[test]
fn line_heights_are_pixels_factors_or_the_fonts() {
    let mut scene = Scene::new();
    let cases = [
        (number(100.0), 100.0),
        (text("150%"), 75.0),
        (text("normal"), 58.0),
        // 57.6 % of 50 px is 28.8 px, which is 28 51/64.
        (text("57.6%"), 28.796_875),
    ];
    for (line_height, height) in cases {
        let txt = scene.txt(
            "x",
            &[("fontSize", number(50.0)), ("lineHeight", line_height)],
        );
        assert_eq!(scene.size(txt)[1], height);
    }
}

#[test]
fn letter_spacing_follows_every_letter() {
    let mut scene = Scene::new();
    let txt = scene.txt(
        "xx",
        &[("fontSize", number(50.0)), ("letterSpacing", number(10.0))],
    );
    assert_eq!(scene.size(txt)[0], ceil(2.0 * 1016.0 * 50.0 / EM + 20.0));
}

#[test]
fn line_breaks_make_lines_without_wrapping() {
    let mut scene = Scene::new();
    let txt = scene.txt("x\n\nxx\n", &[("fontSize", number(50.0))]);
    assert_eq!(scene.size(txt), [ceil(2.0 * 1016.0 * 50.0 / EM), 180.0]);
    let lines = scene.stage.lines(txt);
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["x", "", "xx"]);
    let tops: Vec<f64> = lines.iter().map(|line| line.y).collect();
    assert_eq!(tops, [-90.0, -30.0, 30.0]);
}

#[test]
fn an_empty_text_has_no_size() {
    let mut scene = Scene::new();
    for content in ["", "  ", "\n "] {
        let txt = scene.txt(content, &[]);
        let height = if content.contains('\n') {
            57.59375
        } else {
            0.0
        };
        assert_eq!(scene.size(txt), [0.0, height], "{content:?}");
    }
}

#[test]
fn wrapped_lines_drop_their_last_space() {
    let mut scene = Scene::new();
    let txt = scene.txt(
        "Hello Hello",
        &[
            ("fontSize", number(50.0)),
            ("width", number(150.0)),
            ("textWrap", yes()),
        ],
    );
    assert_eq!(scene.size(txt), [150.0, 120.0]);
    let lines = scene.stage.lines(txt);
    let expected = |y| TextLine {
        text: "Hello".to_owned(),
        x: -75.0,
        y,
        // 4711 font units, but each letter is rounded up to a 64th of its own.
        width: ceil(4711.0 * 50.0 / EM) + 2.0 / 64.0,
        height: 60.0,
        baseline: y + 47.0,
    };
    assert_eq!(lines, [expected(-60.0), expected(0.0)]);
}

#[test]
fn lines_are_aligned_in_their_block() {
    let mut scene = Scene::new();
    let width = ceil(1016.0 * 50.0 / EM);
    for (align, x) in [
        ("start", -100.0),
        ("right", 100.0 - width),
        ("end", 100.0 - width),
        // Half of the room, cut to a 64th.
        (
            "center",
            ((200.0 - width) / 2.0 * 64.0).floor() / 64.0 - 100.0,
        ),
    ] {
        let txt = scene.txt(
            "x",
            &[
                ("fontSize", number(50.0)),
                ("width", number(200.0)),
                ("textAlign", text(align)),
            ],
        );
        assert_eq!(scene.stage.lines(txt)[0].x, x, "{align}");
    }
    // A line that is too wide starts at the left.
    let txt = scene.txt(
        "Hello Hello",
        &[
            ("fontSize", number(50.0)),
            ("width", number(20.0)),
            ("textAlign", text("center")),
        ],
    );
    assert_eq!(scene.stage.lines(txt)[0].x, -10.0);
}

#[test]
fn nested_texts_share_a_line_and_have_boxes_of_their_own() {
    let mut scene = Scene::new();
    let before = scene.leaf("x ");
    let inner = scene.leaf("xx");
    let big = scene.node(Txt, &[("fontSize", number(100.0))], &[inner]);
    let after = scene.leaf(" x");
    let txt = scene.node(Txt, &[("fontSize", number(50.0))], &[before, big, after]);
    let small = ceil((1016.0 + 508.0) * 50.0 / EM);
    let large = ceil(2.0 * 1016.0 * 100.0 / EM);
    // The large one's line of 120 px holds: 94 above the baseline, 26 below.
    // The small one's 47 above and 13 below fit inside.
    let width = small + large + small;
    assert_eq!(scene.size(txt), [width, 120.0]);
    let line = scene.stage.lines(txt).remove(0);
    assert_eq!(line.baseline, 34.0);
    // 93 above the baseline and 24 below.
    assert_eq!(scene.rect(big), [0.0, 34.0 - 93.0 + 58.5, large, 117.0]);
    assert_eq!(scene.rect(inner), [0.0, 0.0, large, 117.0]);
    // 46 above the baseline and 12 below.
    let left = -width / 2.0 + small / 2.0;
    assert_eq!(scene.rect(before), [left, 34.0 - 46.0 + 29.0, small, 58.0]);
}

#[test]
fn spaces_between_leaves_collapse() {
    let mut scene = Scene::new();
    let [a, b] = ["x ", " x"].map(|content| scene.leaf(content));
    let txt = scene.node(Txt, &[("fontSize", number(50.0))], &[a, b]);
    let one = ceil((1016.0 + 508.0) * 50.0 / EM);
    let two = ceil(1016.0 * 50.0 / EM);
    assert_eq!(scene.size(txt)[0], one + two);
    assert_eq!(scene.size(a)[0], one);
    assert_eq!(scene.size(b)[0], two);
}

#[test]
fn preformatted_text_is_measured_with_all_its_spaces() {
    let mut scene = Scene::new();
    let txt = scene.txt(
        "x   x\n x",
        &[("fontSize", number(50.0)), ("textWrap", text("pre"))],
    );
    let width = ceil((2.0 * 1016.0 + 3.0 * 508.0) * 50.0 / EM);
    assert_eq!(scene.size(txt), [width, 120.0]);
}

#[test]
fn balanced_lines_are_about_equal() {
    let mut scene = Scene::new();
    let content = "xxxx xxxx xxxx xxxx xxxx";
    let wide = [("width", number(470.0)), ("fontSize", number(50.0))];
    // A word is 99.2 px, a space 12.4: four words fit in 470.
    let texts = |scene: &mut Scene, wrap| {
        let txt = scene.txt(
            content,
            &[wide[0].clone(), wide[1].clone(), ("textWrap", wrap)],
        );
        let lines = scene.stage.lines(txt);
        lines.into_iter().map(|line| line.text).collect::<Vec<_>>()
    };
    assert_eq!(texts(&mut scene, yes()), ["xxxx xxxx xxxx xxxx", "xxxx"]);
    assert_eq!(
        texts(&mut scene, text("balance")),
        ["xxxx xxxx xxxx", "xxxx xxxx"]
    );
}

#[test]
fn fonts_are_inherited_through_layouts_and_from_the_view_only() {
    let mut scene = Scene::new();
    let big = [("fontSize", number(100.0))];
    let [inside, outside] = [0; 2].map(|_| scene.txt("x", &[]));
    let layout = scene.node(Layout, &[big[0].clone(), ("layout", yes())], &[inside]);
    let rect = scene.node(Rect, &big, &[outside]);
    scene.show(&[layout, rect]);
    assert_eq!(scene.size(inside), [ceil(1016.0 * 100.0 / EM), 120.0]);
    assert_eq!(scene.size(outside), [ceil(1016.0 * 48.0 / EM), 57.59375]);
    let view = scene.view;
    scene.set(view, "fontSize", number(50.0));
    assert_eq!(scene.size(inside), [ceil(1016.0 * 100.0 / EM), 120.0]);
    assert_eq!(scene.size(outside), [ceil(1016.0 * 50.0 / EM), 60.0]);
    scene.set(layout, "fontSize", number(200.0));
    assert_eq!(scene.size(inside), [ceil(1016.0 * 200.0 / EM), 240.0]);
}

#[test]
fn a_text_in_a_row_gives_and_takes_room() {
    let mut scene = Scene::new();
    let txt = scene.txt(
        "Hello Hello",
        &[("fontSize", number(50.0)), ("textWrap", yes())],
    );
    let row = scene.node(
        Layout,
        &[
            ("layout", yes()),
            ("width", number(200.0)),
            ("padding", list(&[10.0; 4])),
        ],
        &[txt],
    );
    scene.show(&[row]);
    // Both words do not fit into 180 px, so the text shrinks to that and wraps.
    assert_eq!(scene.rect(txt), [0.0, 0.0, 180.0, 120.0]);
    assert_eq!(scene.size(row), [200.0, 140.0]);
    // Without wrapping it cannot shrink, and hangs over.
    scene.set(txt, "textWrap", crate::no());
    let whole = ceil((2.0 * 4711.0 + 508.0) * 50.0 / EM);
    assert_eq!(scene.size(txt), [whole, 60.0]);
}

#[test]
fn padding_moves_the_lines() {
    let mut scene = Scene::new();
    let leaf = scene.leaf("x");
    let txt = scene.node(
        Txt,
        &[
            ("fontSize", number(50.0)),
            ("padding", list(&[10.0, 0.0, 0.0, 30.0])),
        ],
        &[leaf],
    );
    let width = ceil(1016.0 * 50.0 / EM);
    assert_eq!(scene.size(txt), [width + 30.0, 70.0]);
    // The line begins at 10; the font's 58 px are 1 px below that.
    assert_eq!(scene.rect(leaf), [15.0, 11.0 + 29.0 - 35.0, width, 58.0]);
}

#[test]
fn right_to_left_text_starts_at_the_right() {
    let mut scene = Scene::new();
    let txt = scene.txt(
        "x",
        &[
            ("fontSize", number(50.0)),
            ("width", number(200.0)),
            ("textDirection", text("rtl")),
        ],
    );
    assert_eq!(
        scene.stage.lines(txt)[0].x,
        100.0 - ceil(1016.0 * 50.0 / EM)
    );
}

#[test]
fn a_font_that_comes_later_sets_texts_again() {
    use kinora_stage::{NoFonts, NodeKind, Stage};
    let mut stage = Stage::new(Box::new(NoFonts));
    let view = stage.create(NodeKind::View, None, "view");
    let mut scene = Scene { stage, view };
    let txt = scene.txt("Hello", &[("fontSize", number(50.0))]);
    scene.show(&[txt]);
    let before = scene.size(txt)[0];
    scene.stage.add_font(crate::roboto("Regular"), None);
    assert_eq!(scene.size(txt), [ceil(4711.0 * 50.0 / EM), 60.0]);
    assert_ne!(before, scene.size(txt)[0]);
}

#[test]
fn a_wrapping_text_does_not_fit_into_its_width_on_one_line() {
    let mut scene = Scene::new();
    let styles = [("fontSize", number(26.0)), ("fontWeight", number(700.0))];
    let plain = scene.txt("Measured first", &styles);
    let width = scene.size(plain)[0];
    let wraps = |width: f64| {
        [
            styles.as_slice(),
            &[("width", number(width)), ("textWrap", yes())],
        ]
        .concat()
    };
    // As in the reference, whose letters are each a text of their own there.
    let tight = scene.txt("Measured first", &wraps(width));
    assert_eq!(scene.stage.lines(tight).len(), 2);
    let loose = scene.txt("Measured first", &wraps(width + 14.0 / 64.0));
    assert_eq!(scene.stage.lines(loose).len(), 1);
    // What shrinks to fit has room for itself.
    let fitting = scene.txt(
        "Measured first",
        &[styles.as_slice(), &[("textWrap", yes())]].concat(),
    );
    assert_eq!(scene.stage.lines(fitting).len(), 1);
}

#[test]
fn a_tab_leads_to_the_next_multiple_of_eight_spaces() {
    let mut scene = Scene::new();
    let space = 508.0 * 32.0 / EM;
    let b = 1150.0 * 32.0 / EM;
    let pre = [("fontSize", number(32.0)), ("textWrap", text("pre"))];
    let mut width = |content: &str| {
        let txt = scene.txt(content, &pre);
        scene.size(txt)[0]
    };
    let close = |found: f64, expected: f64| {
        assert!((found - expected).abs() < 2.0 / 64.0, "{found} {expected}");
    };
    close(width("a\tb"), 8.0 * space + b);
    close(width("\t\tb"), 16.0 * space + b);
    // Four of 17.4 reach beyond the first stop.
    close(width("aaaa\tb"), 16.0 * space + b);
    close(width("a\t"), 8.0 * space);
}

#[test]
fn kana_that_strict_rules_keep_from_a_lines_start_may_stand_there() {
    // No font has them: all are as wide as the box for what is missing.
    let mut scene = Scene::new();
    let txt = scene.txt("日本ーっょ", &[("textWrap", yes()), ("width", number(1.0))]);
    scene.size(txt);
    let lines = scene.stage.lines(txt);
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["日", "本", "ー", "っ", "ょ"]);
}

#[test]
fn words_of_scripts_without_spaces_are_found() {
    let mut scene = Scene::new();
    for (content, words) in [
        (
            "ภาษาไทยไม่มีช่องว่าง",
            ["ภาษา", "ไทย", "ไม่มี", "ช่อง", "ว่าง"].as_slice(),
        ),
        ("ພາສາລາວ", ["ພາສາ", "ລາວ"].as_slice()),
    ] {
        let txt = scene.txt(content, &[("textWrap", yes()), ("width", number(1.0))]);
        scene.size(txt);
        let lines = scene.stage.lines(txt);
        let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert!(texts.len() > 1, "{texts:?}");
        assert_eq!(texts.concat(), words.concat());
        assert!(texts.contains(&words[0]), "{texts:?}");
    }
}
