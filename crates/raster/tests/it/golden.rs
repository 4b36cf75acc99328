//! Pictures that were looked at once and have to stay as they are.
//! `BLESS=1` writes them.

use std::path::{Path, PathBuf};

use kinora_film::{
    Blend, Cap, Clip, Color, Drawing, FillRule, Filter, Geometry, GradientKind, Join, Paint,
    Pattern, Repetition, Shadow, Size,
};
use kinora_raster::{Painter, SimdLevel};
use kurbo::{Affine, Ellipse, Point, Rect, RoundedRect};

use crate::{
    compare::{self, Picture},
    drawings::*,
    hand::{self, Hand},
};

/// The level that the pictures were made with: all machines of this kind have it.
#[cfg(target_arch = "x86_64")]
const ALLOWANCE: u8 = 0;
/// Another kind of machine rounds otherwise.
#[cfg(not(target_arch = "x86_64"))]
const ALLOWANCE: u8 = 1;

fn check(name: &str, got: &Picture) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.png"));
    if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        compare::write(&path, got);
        return;
    }
    let want = compare::read(&path).unwrap_or_else(|| panic!("no golden picture `{name}`"));
    if let Err(difference) = compare::compare(&want, got, ALLOWANCE) {
        let failed = failures().join(format!("{name}.png"));
        compare::write(&failed, &compare::side_by_side(&want, got));
        panic!("`{name}`: {difference}; see {}", failed.display());
    }
}

fn failures() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden");
    std::fs::create_dir_all(&folder).expect("a folder for failures");
    folder
}

fn check_rgba(name: &str, width: u32, height: u32, frame: &Drawing) {
    let draw = |level| {
        let mut painter = Painter::new(Size::new(width, height), level).unwrap();
        let rgba = painter.rgba(frame, &Hand).to_vec();
        (
            compare::from_premultiplied(&rgba, width as usize, height as usize),
            rgba,
        )
    };
    let (picture, least) = draw(SimdLevel::baseline());
    check(name, &picture);
    let (_, best) = draw(SimdLevel::detect());
    let worst = least.iter().zip(&best).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(worst <= Some(2), "levels differ by {worst:?}");
}

#[test]
fn shapes() {
    let mut star = filled(path("M25,2 L40,46 L2,18 L48,18 L10,46 Z"), BLUE);
    star.rule = FillRule::EvenOdd;
    let mut coarse = filled(
        Geometry::Ellipse(Ellipse::new((25.0, 25.0), (22.0, 15.0), 0.4)),
        RED,
    );
    coarse.antialias = false;
    let mut both = filled(
        Geometry::RoundedRect(RoundedRect::new(6.0, 6.0, 44.0, 44.0, 12.0)),
        GREEN,
    );
    both.stroke = Some(line(Color::rgba(0.0, 0.0, 0.0, 0.5), 8.0));
    let mut first = both.clone();
    first.stroke_first = true;
    let corner = |join, cap| {
        let mut stroke = line(RED, 9.0);
        stroke.join = join;
        stroke.cap = cap;
        shape(stroked(path("M10,40 L25,12 L40,40"), stroke))
    };
    let mut dashed = line(BLUE, 4.0);
    dashed.dash = vec![8.0, 4.0, 2.0];
    dashed.dash_offset = 3.0;
    let circle = Geometry::Ellipse(Ellipse::new((25.0, 25.0), (20.0, 20.0), 0.0));
    let turned = Affine::rotate_about(0.3, Point::new(25.0, 25.0));
    let frame = node(group(vec![
        at(0.0, 0.0, shape(star)),
        at(50.0, 0.0, shape(coarse)),
        at(100.0, 0.0, shape(both)),
        at(150.0, 0.0, shape(first)),
        at(0.0, 50.0, corner(Join::Miter, Cap::Butt)),
        at(50.0, 50.0, corner(Join::Round, Cap::Round)),
        at(100.0, 50.0, corner(Join::Bevel, Cap::Square)),
        at(150.0, 50.0, shape(stroked(circle, dashed))),
        at(0.0, 100.0, block(10.5, 10.25, 30.0, 30.0, YELLOW)),
        at(
            50.0,
            100.0,
            placed(turned, block(10.0, 10.0, 30.0, 30.0, YELLOW)),
        ),
        at(
            100.0,
            100.0,
            placed(Affine::skew(0.5, 0.0), block(0.0, 10.0, 30.0, 30.0, GREEN)),
        ),
        at(
            160.0,
            110.0,
            placed(
                Affine::scale_non_uniform(-1.0, 0.5),
                block(-30.0, 0.0, 30.0, 60.0, RED),
            ),
        ),
    ]));
    check_rgba("shapes", 200, 150, &frame);
}

#[test]
fn paints() {
    let paint = |paint| {
        shape(kinora_film::Shape::filled(
            rect(0.0, 0.0, 44.0, 44.0),
            paint,
        ))
    };
    let center = Point::new(22.0, 22.0);
    let radial = GradientKind::Radial {
        from: Point::new(14.0, 16.0),
        from_radius: 3.0,
        to: center,
        to_radius: 22.0,
    };
    let conic = |angle| GradientKind::Conic { center, angle };
    let slanted = GradientKind::Linear {
        from: Point::new(10.0, 10.0),
        to: Point::new(30.0, 30.0),
    };
    let pattern = |repetition| {
        paint(Paint::Pattern(Pattern {
            asset: hand::chequers(),
            repetition,
            transform: Affine::translate((8.0, 6.0)) * Affine::rotate(0.2),
        }))
    };
    let mut outline = line(RED, 10.0);
    outline.paint = ramp(across(44.0));
    let frame = node(group(vec![
        at(3.0, 3.0, paint(ramp(across(44.0)))),
        at(53.0, 3.0, paint(ramp(slanted))),
        at(103.0, 3.0, paint(ramp(radial))),
        at(153.0, 3.0, paint(ramp(conic(0.0)))),
        at(3.0, 53.0, paint(ramp(conic(2.5)))),
        at(
            53.0,
            53.0,
            shape(stroked(rect(6.0, 6.0, 32.0, 32.0), outline)),
        ),
        at(
            125.0,
            75.0,
            placed(
                Affine::rotate(0.7),
                at(-22.0, -22.0, paint(ramp(across(44.0)))),
            ),
        ),
        at(153.0, 53.0, pattern(Repetition::Both)),
        at(3.0, 103.0, pattern(Repetition::X)),
        at(53.0, 103.0, pattern(Repetition::Y)),
        at(103.0, 103.0, pattern(Repetition::None)),
        at(
            153.0,
            103.0,
            placed(Affine::scale(0.7), pattern(Repetition::Both)),
        ),
    ]));
    check_rgba("paints", 200, 150, &frame);
}

#[test]
fn texts() {
    let mut bold = run("Bold", 24.0, BLUE);
    bold.embolden = 1.0;
    let mut slanted = run("Skew", 24.0, BLUE);
    slanted.skew = 14.0;
    let mut outlined = run("Stroke", 28.0, YELLOW);
    outlined.stroke = Some(line(RED, 3.0));
    let mut below = outlined.clone();
    below.stroke_first = true;
    let mut colorful = run("Gradient", 24.0, RED);
    colorful.fill = Some(ramp(across(110.0)));
    let frame = node(group(vec![
        block(0.0, 0.0, 200.0, 150.0, Color::WHITE),
        at(8.0, 22.0, text("Plain text 10px", 10.0, Color::BLACK)),
        at(8.0, 50.0, glyphs(bold)),
        at(90.0, 50.0, glyphs(slanted)),
        at(8.0, 80.0, glyphs(outlined)),
        at(8.0, 110.0, glyphs(below)),
        at(8.0, 138.0, glyphs(colorful)),
        placed(
            Affine::translate((140.0, 140.0)) * Affine::rotate(-1.0),
            text("Turned", 20.0, GREEN),
        ),
    ]));
    check_rgba("texts", 200, 150, &frame);
}

#[test]
fn pictures() {
    let square = Rect::new(0.0, 0.0, 44.0, 33.0);
    let mut blocky = still(hand::chequers(), square);
    blocky.smoothing = false;
    let mut faint = still(hand::chequers(), square);
    faint.opacity = 0.4;
    let small = Rect::new(10.0, 10.0, 20.0, 20.0);
    let mut sharp = still(hand::fine(), small);
    sharp.smoothing = false;
    let mirrored = Affine::new([-1.0, 0.0, 0.0, 1.0, 44.0, 0.0]);
    let frame = node(group(vec![
        at(3.0, 3.0, picture(still(hand::chequers(), square))),
        at(53.0, 3.0, picture(blocky)),
        at(103.0, 3.0, picture(faint)),
        at(
            153.0,
            3.0,
            placed(mirrored, picture(still(hand::chequers(), square))),
        ),
        at(
            3.0,
            53.0,
            placed(
                Affine::rotate(0.3),
                picture(still(hand::chequers(), square)),
            ),
        ),
        at(53.0, 53.0, picture(still(hand::fine(), small))),
        at(103.0, 53.0, picture(sharp)),
        at(
            153.0,
            53.0,
            picture(still(hand::chequers(), Rect::new(0.0, 0.0, 16.0, 12.0))),
        ),
        at(3.0, 103.0, picture(video(hand::video(), 0.2, square))),
        at(53.0, 103.0, picture(video(hand::odd_video(), 0.0, square))),
        at(
            103.0,
            103.0,
            picture(video(hand::video(), 0.5, Rect::new(0.0, 0.0, 8.0, 40.0))),
        ),
    ]));
    check_rgba("pictures", 200, 150, &frame);
}

fn pair() -> Vec<Drawing> {
    vec![
        block(8.0, 8.0, 24.0, 24.0, RED),
        shape(filled(
            Geometry::Ellipse(Ellipse::new((28.0, 28.0), (14.0, 14.0), 0.0)),
            BLUE,
        )),
    ]
}

#[test]
fn groups() {
    let faded = |opacity| {
        let mut group = group(pair());
        group.opacity = opacity;
        node(group)
    };
    let clipped = |geometry, transform| {
        let mut group = group(pair());
        group.clip = Some(Clip {
            geometry,
            rule: FillRule::NonZero,
        });
        placed(transform, node(group))
    };
    let ring = path("M5,5 H45 V45 H5 Z M15,15 H35 V35 H15 Z");
    let mut holes = group(pair());
    holes.clip = Some(Clip {
        geometry: ring,
        rule: FillRule::EvenOdd,
    });
    let mut faded_in_clip = group(vec![faded(0.5)]);
    faded_in_clip.clip = Some(Clip {
        geometry: Geometry::Ellipse(Ellipse::new((22.0, 22.0), (15.0, 15.0), 0.0)),
        rule: FillRule::NonZero,
    });
    let mut inner = group(vec![block(0.0, 0.0, 30.0, 50.0, GREEN)]);
    inner.blend = Blend::SourceAtop;
    let mut masked = group(vec![pair().remove(1), node(inner)]);
    masked.isolated = true;
    let backdrop = block(0.0, 0.0, 200.0, 100.0, Color::rgba(0.9, 0.9, 0.8, 1.0));
    let frame = node(group(vec![
        backdrop,
        faded(1.0),
        at(50.0, 0.0, faded(0.5)),
        at(
            100.0,
            0.0,
            clipped(rect(12.0, 12.0, 20.0, 20.0), Affine::IDENTITY),
        ),
        at(
            150.0,
            0.0,
            clipped(rect(12.0, 12.0, 20.0, 20.0), Affine::rotate(0.2)),
        ),
        at(0.0, 50.0, node(holes)),
        at(50.0, 50.0, node(faded_in_clip)),
        at(100.0, 50.0, node(masked)),
        at(150.0, 50.0, placed(Affine::scale(0.5), faded(0.3))),
    ]));
    check_rgba("groups", 200, 100, &frame);
}

#[test]
fn shadows() {
    let cast = |deviation: f64, dx: f64, dy: f64| Shadow {
        color: Color::rgba(0.0, 0.0, 0.0, 0.8),
        deviation,
        dx,
        dy,
    };
    let with = |shadow, opacity| {
        let mut group = group(pair());
        group.shadow = Some(shadow);
        group.opacity = opacity;
        node(group)
    };
    let mut letters = group(vec![text("Ag", 34.0, YELLOW)]);
    letters.shadow = Some(cast(2.0, 2.0, 2.0));
    let mut alone = group(vec![block(10.0, 10.0, 20.0, 20.0, GREEN)]);
    alone.shadow = Some(cast(4.0, 6.0, 6.0));
    alone.opacity = 0.6;
    let mut inverted = group(pair());
    inverted.filters = vec![Filter::Invert(1.0)];
    inverted.shadow = Some(Shadow {
        color: RED,
        ..cast(3.0, 0.0, 0.0)
    });
    let frame = node(group(vec![
        block(0.0, 0.0, 200.0, 120.0, Color::WHITE),
        at(5.0, 5.0, with(cast(0.0, 5.0, 7.5), 1.0)),
        at(65.0, 5.0, with(cast(3.0, 4.0, 4.0), 1.0)),
        at(125.0, 5.0, with(cast(8.0, 0.0, 0.0), 0.5)),
        at(5.0, 100.0, node(letters)),
        at(65.0, 65.0, placed(Affine::rotate(0.2), node(alone))),
        at(125.0, 65.0, node(inverted)),
        // Half of this one, and so of its shadow, is beyond the edge.
        at(180.0, 40.0, with(cast(5.0, -20.0, 0.0), 1.0)),
    ]));
    check_rgba("shadows", 200, 120, &frame);
}

#[test]
fn filters() {
    let with = |filters: Vec<Filter>| {
        let mut group = group(pair());
        group.filters = filters;
        node(group)
    };
    let all = [
        vec![Filter::Blur(1.0)],
        vec![Filter::Blur(6.0)],
        vec![Filter::Brightness(1.5)],
        vec![Filter::Contrast(0.5)],
        vec![Filter::Grayscale(1.0)],
        vec![Filter::HueRotate(120.0)],
        vec![Filter::Invert(0.8)],
        vec![Filter::Saturate(3.0)],
        vec![Filter::Sepia(1.0)],
        vec![Filter::Blur(2.0), Filter::Contrast(3.0)],
        vec![Filter::Invert(1.0), Filter::Blur(2.0), Filter::Sepia(0.5)],
    ];
    let cells = all.into_iter().enumerate().map(|(index, filters)| {
        let (column, row) = ((index % 4) as f64, (index / 4) as f64);
        at(column * 50.0, row * 50.0, with(filters))
    });
    let mut edge = group(vec![block(0.0, 0.0, 60.0, 60.0, GREEN)]);
    edge.filters = vec![Filter::Blur(5.0)];
    let mut children: Vec<Drawing> = cells.collect();
    children.push(at(160.0, 110.0, node(edge)));
    check_rgba("filters", 200, 150, &node(group(children)));
}

#[test]
fn video_under_text() {
    let mut faded = group(vec![block(70.0, 10.0, 40.0, 40.0, RED)]);
    faded.opacity = 0.5;
    faded.shadow = Some(Shadow {
        color: Color::BLACK,
        deviation: 3.0,
        dx: 2.0,
        dy: 2.0,
    });
    let frame = node(group(vec![
        picture(video(
            hand::odd_video(),
            0.3,
            Rect::new(-4.0, 0.0, 132.0, 72.0),
        )),
        at(8.0, 40.0, text("Hello", 22.0, Color::WHITE)),
        node(faded),
    ]));
    let mut painter = Painter::new(Size::new(128, 72), SimdLevel::baseline()).unwrap();
    let view = painter.yuv(&frame, Color::BLACK, &Hand);
    let mut samples = view.y.to_vec();
    let chroma = view.u.chunks(64).zip(view.v.chunks(64));
    samples.extend(chroma.flat_map(|(u, v)| [u, v].concat()));
    let stacked = Picture {
        width: 128,
        height: 108,
        channels: 1,
        samples,
    };
    check("video-under-text", &stacked);
}
