//! Things that are odd, extreme or missing: none of them may panic or hang.

use kinora_film::{
    AssetId, Blend, Clip, Color, Drawing, FillRule, Filter, Geometry, Gradient, GradientKind,
    Paint, Pattern, Repetition, Shadow, Size,
};
use kinora_raster::{Painter, RasterError, SimdLevel};
use kurbo::{Affine, BezPath, Ellipse, Point, Rect, RoundedRect};

use crate::{
    drawings::*,
    hand::{self, Hand},
};

fn draw(width: u32, height: u32, frame: &Drawing) -> Vec<u8> {
    let mut painter = Painter::new(Size::new(width, height), SimdLevel::detect()).unwrap();
    painter.yuv(frame, Color::WHITE, &Hand);
    painter.rgba(frame, &Hand).to_vec()
}

fn is_empty(rgba: &[u8]) -> bool {
    rgba.iter().all(|sample| *sample == 0)
}

#[test]
fn impossible_sizes_are_refused() {
    for (width, height) in [
        (0, 0),
        (0, 5),
        (5, 0),
        (16_385, 2),
        (2, 70_000),
        (u32::MAX, u32::MAX),
    ] {
        let painter = Painter::new(Size::new(width, height), SimdLevel::baseline());
        assert_eq!(painter.err(), Some(RasterError::Size { width, height }));
    }
    let message = RasterError::Size {
        width: 0,
        height: 9,
    }
    .to_string();
    assert_eq!(message, "a canvas has 1 to 16384 pixels a side, got `0x9`");
}

#[test]
fn empty_frames_are_transparent() {
    assert!(is_empty(&draw(20, 20, &node(group(Vec::new())))));
    let nested = node(group(vec![node(group(Vec::new()))]));
    assert!(is_empty(&draw(20, 20, &nested)));
}

#[test]
fn small_and_odd_canvases_work() {
    let frame = node(group(vec![
        block(0.0, 0.0, 9.0, 9.0, RED),
        at(2.0, 2.0, text("x", 8.0, BLUE)),
        picture(still(hand::chequers(), Rect::new(0.0, 0.0, 5.0, 5.0))),
    ]));
    for (width, height) in [(1, 1), (1, 7), (7, 1), (3, 5), (961, 541)] {
        let rgba = draw(width, height, &frame);
        assert_eq!(rgba.len(), (width * height * 4) as usize);
        let mut painter = Painter::new(Size::new(width, height), SimdLevel::detect()).unwrap();
        let view = painter.yuv(&frame, Color::BLACK, &Hand);
        let even = (width.next_multiple_of(2), height.next_multiple_of(2));
        assert_eq!((view.width, view.height), even);
        assert_eq!(view.y.len(), (even.0 * even.1) as usize);
        assert_eq!(view.u.len(), view.y.len() / 4);
    }
}

#[test]
fn a_wide_and_a_tall_canvas_work() {
    let frame = placed(Affine::scale(2000.0), block(-1.0, -1.0, 20.0, 20.0, RED));
    for (width, height) in [(16_384, 2), (2, 16_384)] {
        assert!(draw(width, height, &frame).iter().all(|sample| *sample > 0));
    }
}

fn everything() -> Vec<Drawing> {
    let mut dashed = line(RED, 3.0);
    dashed.dash = vec![0.5, 0.25];
    let mut outlined = run("Ab", 20.0, BLUE);
    outlined.stroke = Some(dashed.clone());
    outlined.skew = 80.0;
    outlined.embolden = 3.0;
    let mut shaded = group(vec![
        block(0.0, 0.0, 10.0, 10.0, GREEN),
        text("shade", 9.0, RED),
    ]);
    shaded.shadow = Some(Shadow {
        color: RED,
        deviation: 4.0,
        dx: 2.0,
        dy: 2.0,
    });
    let mut blurred = group(vec![block(0.0, 0.0, 10.0, 10.0, GREEN)]);
    blurred.filters = vec![Filter::Blur(3.0), Filter::Sepia(1.0)];
    let mut clipped = group(vec![block(0.0, 0.0, 10.0, 10.0, GREEN)]);
    clipped.clip = Some(Clip {
        geometry: Geometry::Ellipse(Ellipse::new((5.0, 5.0), (5.0, 5.0), 0.0)),
        rule: FillRule::EvenOdd,
    });
    clipped.opacity = 0.5;
    let mut copied = group(vec![block(0.0, 0.0, 10.0, 10.0, GREEN)]);
    copied.blend = Blend::SourceIn;
    let mut chequered = filled(rect(0.0, 0.0, 30.0, 30.0), RED);
    chequered.fill = Some(Paint::Pattern(Pattern {
        asset: hand::chequers(),
        repetition: Repetition::X,
        transform: Affine::rotate(0.1),
    }));
    let mut graded = chequered.clone();
    graded.fill = Some(ramp(GradientKind::Conic {
        center: Point::new(3.0, 3.0),
        angle: 1.0,
    }));
    vec![
        shape(chequered),
        shape(graded),
        shape(stroked(
            path("M0,0 L30,10 L0,20 C9,9 -9,9 4,4 Z"),
            dashed.clone(),
        )),
        shape(stroked(
            Geometry::RoundedRect(RoundedRect::new(0.0, 0.0, 20.0, 20.0, 5.0)),
            dashed,
        )),
        glyphs(outlined),
        picture(still(hand::chequers(), Rect::new(0.0, 0.0, 9.0, 9.0))),
        picture(video(hand::odd_video(), 0.0, Rect::new(0.0, 0.0, 9.0, 9.0))),
        node(shaded),
        node(blurred),
        node(clipped),
        node(copied),
    ]
}

#[test]
fn extreme_transforms_are_drawn_or_left_out() {
    let sizes = [0.0, 1e-300, 1e-9, 1e-3, 1.0, 1e3, 1e6, 1e9, 1e30, 1e300];
    let shifts = [0.0, -1e4, 1e7, -1e12, 1e300];
    for thing in everything() {
        for scale in sizes {
            for shift in shifts {
                for turn in [0.0, 0.7] {
                    let transform = Affine::translate((shift, 3.0))
                        * Affine::rotate(turn)
                        * Affine::scale_non_uniform(scale, -scale);
                    draw(40, 30, &placed(transform, thing.clone()));
                }
            }
        }
        for transform in [
            Affine::scale_non_uniform(0.0, 1.0),
            Affine::scale_non_uniform(1e8, 1e-8),
            Affine::new([1.0, 1.0, 1.0, 1.0, 0.0, 0.0]),
            Affine::skew(1e9, 0.0),
            Affine::scale(f64::INFINITY),
            Affine::scale(f64::NAN),
        ] {
            draw(40, 30, &placed(transform, thing.clone()));
        }
    }
}

#[test]
fn what_is_squeezed_to_nothing_is_not_drawn() {
    let squeezed = placed(
        Affine::scale_non_uniform(0.0, 1.0),
        block(0.0, 0.0, 9.0, 9.0, RED),
    );
    assert!(is_empty(&draw(20, 20, &squeezed)));
}

#[test]
fn huge_coordinates_do_no_harm() {
    let far = 1e9;
    let mut spike = BezPath::new();
    spike.move_to((-far, -far));
    spike.line_to((far, far));
    spike.curve_to((far * 1e5, 0.0), (0.0, far * 1e9), (5.0, 5.0));
    let mut dashed = line(RED, 2.0);
    dashed.dash = vec![1.0, 1.0];
    for subject in [
        filled(Geometry::Path(spike.clone()), RED),
        stroked(Geometry::Path(spike), dashed.clone()),
        stroked(path("M-1e9,10 L1e9,11"), dashed),
        filled(rect(-far, -far, 2.0 * far, 2.0 * far), RED),
        filled(
            Geometry::Ellipse(Ellipse::new((0.0, 0.0), (far, far), 0.0)),
            RED,
        ),
        stroked(rect(0.0, 0.0, 5.0, 5.0), line(RED, 1e9)),
    ] {
        draw(40, 30, &shape(subject));
    }
    let covered = draw(8, 8, &block(-far, -far, 2.0 * far, 2.0 * far, RED));
    assert!(covered.chunks(4).all(|pixel| pixel[3] == 255));
}

#[test]
fn text_may_be_empty_unknown_or_absurd() {
    let mut none = run("", 12.0, RED);
    assert!(is_empty(&draw(20, 20, &glyphs(none.clone()))));
    none.fill = None;
    draw(20, 20, &glyphs(none));
    let mut unknown = run("abc", 12.0, RED);
    unknown.glyphs[1].id = 4_000_000;
    draw(20, 20, &at(0.0, 15.0, glyphs(unknown.clone())));
    unknown.font = AssetId::of(b"no such font");
    assert!(is_empty(&draw(20, 20, &glyphs(unknown))));
    let mut collection = run("abc", 12.0, RED);
    collection.index = 9;
    draw(20, 20, &glyphs(collection));
    for size in [0.0, -3.0, 1e-6, 1e5, 1e9, f32::INFINITY] {
        draw(20, 20, &at(0.0, 10.0, text("abc", size, RED)));
    }
    let mut varied = run("abc", 12.0, RED);
    varied.coords = vec![i16::MAX; 9];
    draw(20, 20, &at(0.0, 10.0, glyphs(varied)));
}

#[test]
fn missing_pictures_draw_nothing() {
    let rect = Rect::new(0.0, 0.0, 9.0, 9.0);
    let unknown = AssetId::of(b"nowhere");
    assert!(is_empty(&draw(20, 20, &picture(still(unknown, rect)))));
    assert!(is_empty(&draw(20, 20, &picture(video(unknown, 0.0, rect)))));
    let flat = Rect::new(3.0, 3.0, 3.0, 9.0);
    assert!(is_empty(&draw(
        20,
        20,
        &picture(still(hand::chequers(), flat))
    )));
    draw(
        20,
        20,
        &picture(still(hand::chequers(), Rect::new(9.0, 9.0, 1.0, 1.0))),
    );
    draw(
        20,
        20,
        &picture(still(hand::chequers(), Rect::new(-1e9, -1e9, 1e9, 1e9))),
    );
}

#[test]
fn ramps_without_extent_or_stops_draw_nothing() {
    let fill = |kind, stops| {
        let paint = Paint::Gradient(Gradient { kind, stops });
        shape(kinora_film::Shape::filled(rect(0.0, 0.0, 9.0, 9.0), paint))
    };
    let Paint::Gradient(sound) = ramp(across(9.0)) else {
        unreachable!()
    };
    assert!(is_empty(&draw(10, 10, &fill(sound.kind, Vec::new()))));
    assert!(is_empty(&draw(
        10,
        10,
        &fill(across(0.0), sound.stops.clone())
    )));
    let mut tangled = sound.stops.clone();
    tangled[0].offset = 2.0;
    tangled[1].offset = -1.0;
    assert!(!is_empty(&draw(10, 10, &fill(sound.kind, tangled))));
    assert!(!is_empty(&draw(
        10,
        10,
        &fill(sound.kind, sound.stops[..1].to_vec())
    )));
    let radial = |from_radius, to_radius| GradientKind::Radial {
        from: Point::new(5.0, 5.0),
        from_radius,
        to: Point::new(5.0, 5.0),
        to_radius,
    };
    for (from, to) in [(0.0, 0.0), (3.0, 3.0), (5.0, 0.0), (-1.0, 4.0), (0.0, 1e30)] {
        draw(10, 10, &fill(radial(from, to), sound.stops.clone()));
    }
}

#[test]
fn enormous_effects_take_no_time() {
    let start = std::time::Instant::now();
    for deviation in [1e3, 1e6, 1e300, f64::MAX] {
        let mut blurred = group(vec![block(100.0, 100.0, 900.0, 400.0, GREEN)]);
        blurred.filters = vec![Filter::Blur(deviation)];
        draw(1280, 720, &node(blurred));
        let mut shaded = group(vec![block(100.0, 100.0, 900.0, 400.0, GREEN)]);
        shaded.shadow = Some(Shadow {
            color: RED,
            deviation,
            dx: deviation,
            dy: -deviation,
        });
        draw(1280, 720, &node(shaded));
    }
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn filters_of_absurd_amounts_stay_within_limits() {
    for amount in [-1e9, -1.0, 0.0, 1e9, 1e300] {
        for filter in [
            Filter::Brightness(amount),
            Filter::Contrast(amount),
            Filter::Grayscale(amount),
            Filter::HueRotate(amount),
            Filter::Invert(amount),
            Filter::Saturate(amount),
            Filter::Sepia(amount),
            Filter::Blur(amount),
        ] {
            let mut filtered = group(everything());
            filtered.filters = vec![filter];
            let rgba = draw(30, 30, &node(filtered));
            for pixel in rgba.chunks(4) {
                assert!(
                    pixel[..3]
                        .iter()
                        .all(|channel| *channel <= pixel[3].saturating_add(1))
                );
            }
        }
    }
}

#[test]
fn deep_nesting_is_drawn() {
    let mut drawing = block(0.0, 0.0, 9.0, 9.0, RED);
    for depth in 0..200 {
        let mut around = group(vec![drawing]);
        if depth % 20 == 0 {
            around.opacity = 0.99;
            around.children.push(block(0.0, 0.0, 1.0, 1.0, BLUE));
        }
        drawing = node(around);
    }
    assert!(!is_empty(&draw(10, 10, &drawing)));
}

#[test]
fn round_pictures_stand_anywhere() {
    let mut painter = Painter::new(Size::new(1920, 1080), SimdLevel::common()).unwrap();
    for (size, x) in [(100, 0), (420, 0), (416, 2), (400, 1)] {
        let half = f64::from(size) / 2.0;
        let square = Rect::new(-half, -half, half, half);
        let mut round = group(vec![picture(still(hand::large(), square))]);
        round.clip = Some(Clip {
            geometry: Geometry::RoundedRect(RoundedRect::from_rect(square, half)),
            rule: FillRule::NonZero,
        });
        let frame = at(960.0 + f64::from(x), 540.0, node(round));
        let rgba = painter.rgba(&frame, &Hand);
        let alpha = |x: i32, y: i32| rgba[((y * 1920 + x) * 4 + 3) as usize];
        let (left, top) = (960 + x - size / 2, 540 - size / 2);
        assert_eq!(alpha(960, 540), 255, "{size} at {x}");
        assert_eq!(alpha(left + 1, top + 1), 0, "{size} at {x}");
        assert_eq!(alpha(left + 1, 540), 255, "{size} at {x}");
        assert_eq!(alpha(left + size - 2, 540), 255, "{size} at {x}");
    }
}

/// Numbers that look random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) % count
    }

    /// A place on or beside an edge or a seam of the canvas, half of the time.
    fn place(&mut self, side: f64) -> f64 {
        match self.below(8) {
            0 => 0.0,
            1 | 2 => side,
            3 => side / 2.0,
            _ => self.below(90) as f64 / 2.0 - 8.0,
        }
    }

    fn outline(&mut self) -> Geometry {
        let (a, b) = (1.0 + self.below(80) as f64, 1.0 + self.below(80) as f64);
        let rect = Rect::new(-a / 2.0, -b / 2.0, a / 2.0, b / 2.0);
        match self.below(5) {
            0 => Geometry::Rect(rect),
            1 => Geometry::RoundedRect(RoundedRect::from_rect(rect, a.min(b) / 2.0)),
            2 => Geometry::Ellipse(Ellipse::from_rect(rect)),
            3 => path("M-20,0 C0,-30 0,30 20,0 L0,-30 Z"),
            _ => Geometry::Rect(Rect::new(0.0, 0.0, a, b)),
        }
    }

    fn transform(&mut self, width: f64, height: f64) -> Affine {
        let turn = [0.0, 0.0, 0.0, 0.25, 0.5, 0.1][self.below(6) as usize];
        let place = (self.place(width), self.place(height));
        Affine::translate(place) * Affine::rotate(turn * std::f64::consts::PI)
    }
}

#[test]
fn clips_of_any_outline_stand_anywhere() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for (width, height) in [(32, 24), (36, 18), (30, 30)] {
        let mut painter = Painter::new(Size::new(width, height), SimdLevel::common()).unwrap();
        let (wide, high) = (f64::from(width), f64::from(height));
        for _ in 0..3000 {
            let outline = dice.outline();
            let leaf = match dice.below(5) {
                0 => shape(stroked(outline, line(RED, 3.0))),
                1 => text("o8", 30.0, BLUE),
                2 => picture(still(hand::chequers(), Rect::new(-20.0, -20.0, 20.0, 20.0))),
                _ => shape(filled(outline, GREEN)),
            };
            let mut drawing = placed(dice.transform(wide, high), leaf);
            for _ in 0..=dice.below(2) {
                let mut clipped = group(vec![drawing]);
                clipped.transform = dice.transform(wide, high);
                clipped.clip = Some(Clip {
                    geometry: dice.outline(),
                    rule: FillRule::NonZero,
                });
                drawing = node(clipped);
            }
            painter.rgba(&drawing, &Hand);
        }
    }
}
