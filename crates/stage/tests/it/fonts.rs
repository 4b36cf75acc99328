use std::{cell::RefCell, rc::Rc};

use kinora_film::{AssetId, Drawing, GlyphRun, Node};
use kinora_stage::{FontFile, FontSource, NodeKind, Stage, ViewPlacement};

use crate::{Scene, number, roboto, text};

/// Knows `Fancy` (which is Roboto Bold), an emoji font (which is Roboto Italic),
/// and a fallback for `x`.
struct Source(Rc<RefCell<Vec<String>>>);

impl FontSource for Source {
    fn family(&mut self, name: &str) -> Vec<FontFile> {
        self.0.borrow_mut().push(name.to_owned());
        match name {
            "Fancy" => vec![FontFile {
                family_override: Some("Fancy".to_owned()),
                ..roboto("Bold")
            }],
            "emoji" => vec![FontFile {
                family_override: Some("Pictures".to_owned()),
                ..roboto("Italic")
            }],
            _ => Vec::new(),
        }
    }

    fn fallback(&mut self, character: char) -> Vec<FontFile> {
        self.0.borrow_mut().push(character.to_string());
        match character {
            'x' => vec![roboto("BoldItalic")],
            _ => Vec::new(),
        }
    }

    fn withholds(&mut self, name: &str) -> bool {
        name == "No Such"
    }
}

fn scene() -> (Scene, Rc<RefCell<Vec<String>>>) {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let mut stage = Stage::new(Box::new(Source(asked.clone())));
    stage.add_font(roboto("Regular"), None);
    let view = stage.create(NodeKind::View, None, "view");
    (Scene { stage, view }, asked)
}

fn glyph_runs(drawing: &Drawing, found: &mut Vec<GlyphRun>) {
    match &**drawing {
        Node::Group(group) => group
            .children
            .iter()
            .for_each(|child| glyph_runs(child, found)),
        Node::Glyphs(run) => found.push(run.clone()),
        _ => {}
    }
}

fn drawn(scene: &mut Scene) -> Vec<GlyphRun> {
    let view = scene.view;
    let drawing = scene.stage.draw(&[ViewPlacement::new(view)]);
    let mut found = Vec::new();
    glyph_runs(&drawing, &mut found);
    found
}

#[test]
fn an_unknown_family_is_asked_for_once_and_named_in_a_warning() {
    let (mut scene, asked) = scene();
    for _ in 0..2 {
        let txt = scene.txt("x", &[("fontFamily", text("Nowhere, 'No Such'"))]);
        assert_eq!(scene.size(txt)[1], 57.59375);
    }
    assert_eq!(*asked.borrow(), ["Nowhere", "No Such"]);
    assert_eq!(
        scene.stage.warnings(),
        [
            "unknown font family `Nowhere`, using `Roboto` instead",
            "unknown font family `No Such`, using `Roboto` instead; this machine has it, whose \
             fonts are used with `--system-fonts` only"
        ]
    );
    assert_eq!(scene.stage.warnings(), [""; 0]);
}

#[test]
fn a_family_that_the_source_has_is_used() {
    let (mut scene, _) = scene();
    let txt = scene.txt("x", &[("fontFamily", text("fancy, sans-serif"))]);
    scene.show(&[txt]);
    // The source is asked as the project spells it.
    assert_eq!(drawn(&mut scene)[0].font, roboto("Regular").id);
    scene.set(txt, "fontFamily", text("Fancy"));
    assert_eq!(drawn(&mut scene)[0].font, roboto("Bold").id);
}

#[test]
fn sans_serif_is_the_default_font_without_a_warning() {
    let (mut scene, asked) = scene();
    let txt = scene.txt("x", &[("fontFamily", text("Sans-Serif"))]);
    scene.show(&[txt]);
    assert_eq!(drawn(&mut scene)[0].font, roboto("Regular").id);
    assert_eq!(*asked.borrow(), ["sans-serif"]);
    assert_eq!(scene.stage.warnings(), [""; 0]);
}

#[test]
fn weight_and_style_pick_a_face_or_are_imitated() {
    let mut scene = Scene::new();
    let cases: [(f64, &str, &str); 4] = [
        (400.0, "normal", "Regular"),
        (700.0, "normal", "Bold"),
        (400.0, "italic", "Italic"),
        (900.0, "italic", "BoldItalic"),
    ];
    for (weight, style, face) in cases {
        let txt = scene.txt(
            "x",
            &[("fontWeight", number(weight)), ("fontStyle", text(style))],
        );
        scene.show(&[txt]);
        let run = drawn(&mut scene).remove(0);
        assert_eq!(run.font, roboto(face).id, "{face}");
        assert_eq!((run.embolden, run.skew), (0.0, 0.0), "{face}");
    }
    let (mut scene, _) = self::scene();
    let txt = scene.txt(
        "x",
        &[("fontWeight", number(700.0)), ("fontStyle", text("italic"))],
    );
    scene.show(&[txt]);
    let run = drawn(&mut scene).remove(0);
    // Above 36 px, an em's 32nd; a slant of a quarter.
    assert_eq!(run.embolden, 48.0 / 32.0);
    assert!((run.skew.to_radians().tan() - 0.25).abs() < 1e-6);
}

#[test]
fn a_character_without_a_glyph_is_looked_for_once() {
    let (mut scene, asked) = scene();
    for _ in 0..2 {
        let txt = scene.txt("x\u{E000}", &[]);
        scene.size(txt);
    }
    assert_eq!(*asked.borrow(), ["\u{E000}"]);
    assert_eq!(
        scene.stage.warnings(),
        [
            "no font has a glyph for `\u{E000}`, in `txt`: boxes are drawn instead; put a font \
             that has them into the project's `public/` folder, or take those of this machine with \
             `--system-fonts`"
        ]
    );
}

#[test]
fn the_fonts_that_glyphs_came_from_are_known() {
    let mut scene = Scene::new();
    let [a, b] = [400.0, 700.0].map(|w| scene.txt("x", &[("fontWeight", number(w))]));
    scene.show(&[a, b]);
    drawn(&mut scene);
    let mut expected: Vec<AssetId> = ["Regular", "Bold"].map(|style| roboto(style).id).to_vec();
    expected.sort();
    let used: Vec<AssetId> = scene.stage.fonts_used().iter().copied().collect();
    assert_eq!(used, expected);
}

#[test]
fn emoji_come_from_the_emoji_font_even_where_the_texts_font_has_them() {
    let (mut scene, asked) = scene();
    let txt = scene.txt("a 1\u{FE0F}\u{20E3} 1", &[]);
    scene.show(&[txt]);
    let fonts: Vec<AssetId> = drawn(&mut scene).iter().map(|run| run.font).collect();
    let [plain, pictures] = ["Regular", "Italic"].map(|style| roboto(style).id);
    assert_eq!(fonts, [plain, pictures, plain]);
    assert_eq!(asked.borrow()[0], "emoji");
}

#[test]
fn a_fallback_is_used_where_nothing_else_is_there() {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let mut stage = Stage::new(Box::new(Source(asked.clone())));
    let view = stage.create(NodeKind::View, None, "view");
    let mut scene = Scene { stage, view };
    let txt = scene.txt("x", &[]);
    scene.show(&[txt]);
    assert_eq!(drawn(&mut scene)[0].font, roboto("BoldItalic").id);
}

/// Has Roboto in two more weights, of which one is known already.
struct Heavier(Rc<RefCell<Vec<String>>>);

impl FontSource for Heavier {
    fn family(&mut self, name: &str) -> Vec<FontFile> {
        self.0.borrow_mut().push(name.to_owned());
        match name {
            "Roboto" => vec![roboto("Bold"), roboto("Regular")],
            _ => Vec::new(),
        }
    }

    fn fallback(&mut self, _: char) -> Vec<FontFile> {
        Vec::new()
    }
}

#[test]
fn the_default_family_has_further_weights_from_the_source() {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let mut stage = Stage::new(Box::new(Heavier(asked.clone())));
    stage.add_font(roboto("Regular"), None);
    let view = stage.create(NodeKind::View, None, "view");
    let mut scene = Scene { stage, view };
    for weight in [400.0, 700.0, 800.0] {
        let txt = scene.txt("x", &[("fontWeight", number(weight))]);
        scene.stage.set_children(view, &[txt]);
        let runs = drawn(&mut scene);
        let heavy = AssetId::of(roboto("Bold").bytes.as_ref().as_ref());
        assert_eq!(runs[0].font == heavy, weight > 400.0, "{weight}");
        assert_eq!(runs[0].embolden, 0.0, "{weight}");
    }
    assert_eq!(*asked.borrow(), ["Roboto"]);
}
