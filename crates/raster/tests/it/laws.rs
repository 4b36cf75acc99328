//! What comes out depends on the frame alone.

use kinora_film::{Blend, Clip, Color, Drawing, FillRule, Filter, Geometry, Shadow, Size};
use kinora_raster::{Painter, SimdLevel};
use kurbo::{Affine, Ellipse, Rect, RoundedRect};

use crate::{
    drawings::*,
    hand::{self, Hand},
};

/// Larger than one tile, so that tiles meet within drawings.
const SIZE: Size = Size::new(1030, 566);

/// A generator of numbers that are all over the place, and the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.roll(10_007) as f64 / 10_007.0
    }

    fn color(&mut self) -> Color {
        let mut channel = || self.between(0.0, 1.0) as f32;
        Color::rgba(channel(), channel(), channel(), 0.3 + channel())
    }

    fn leaf(&mut self) -> Drawing {
        let color = self.color();
        let side = self.between(5.0, 200.0);
        match self.roll(7) {
            0 => block(0.0, 0.0, side, side / 2.0, color),
            1 => {
                let rect = RoundedRect::new(0.0, 0.0, side, side, side / 5.0);
                let mut subject = filled(Geometry::RoundedRect(rect), color);
                subject.stroke = Some(line(Color::BLACK, 3.5));
                shape(subject)
            }
            2 => shape(kinora_film::Shape::filled(
                Geometry::Ellipse(Ellipse::new((0.0, 0.0), (side, side / 3.0), 0.3)),
                ramp(across(side)),
            )),
            3 => shape(stroked(
                path("M0,0 L90,10 L20,50 Q80,90 0,100"),
                line(color, 7.0),
            )),
            4 => text("Law", side as f32 / 2.0, color),
            5 => picture(still(hand::chequers(), Rect::new(0.0, 0.0, side, side))),
            _ => {
                let time = self.between(0.0, 1.0);
                picture(video(hand::video(), time, Rect::new(0.0, 0.0, side, side)))
            }
        }
    }

    fn thing(&mut self) -> Drawing {
        let leaf = self.leaf();
        let place = Affine::translate((self.between(-80.0, 1050.0), self.between(-80.0, 600.0)))
            * Affine::rotate(self.between(0.0, 6.0));
        let mut group = kinora_film::Group::new(place, vec![leaf]);
        match self.roll(9) {
            0 => group.opacity = 0.5,
            1 => group.filters = vec![Filter::Blur(self.between(0.5, 9.0))],
            2 => group.filters = vec![Filter::HueRotate(90.0), Filter::Contrast(1.4)],
            3 => {
                group.shadow = Some(Shadow {
                    color: Color::BLACK,
                    deviation: self.between(0.0, 8.0),
                    dx: self.between(-9.0, 9.0),
                    dy: 3.0,
                });
                group.children.push(self.leaf());
                group.opacity = 0.7;
            }
            4 => {
                group.clip = Some(Clip {
                    geometry: rect(10.0, 10.0, 60.0, 60.0),
                    rule: FillRule::NonZero,
                });
            }
            _ => {}
        }
        node(group)
    }
}

/// Frames that share most of what they show with the one before.
fn film(seed: u64, frames: usize, covered: bool) -> Vec<Drawing> {
    let mut dice = Dice(seed);
    let mut things: Vec<Drawing> = (0..12).map(|_| dice.thing()).collect();
    let mut result = Vec::new();
    for number in 0..frames {
        let at = dice.roll(things.len() as u64) as usize;
        match dice.roll(5) {
            0 => {}
            1 => {
                things.remove(at);
            }
            2 => {
                let other = dice.roll(things.len() as u64) as usize;
                things.swap(at, other);
            }
            _ => things[at] = dice.thing(),
        }
        if things.len() < 4 {
            things.push(dice.thing());
        }
        let mut children = things.clone();
        if covered {
            let full = Rect::new(-2.0, 0.0, 1040.0, 570.0);
            let source = if number % 7 < 5 {
                hand::video()
            } else {
                hand::odd_video()
            };
            let time = (number / 2) as f64 / 10.0;
            children.insert(1, picture(video(source, time, full)));
            if number % 7 == 3 {
                // Too small to stay in YUV, and once large enough.
                children.insert(2, picture(still(hand::fine(), full)));
                children.insert(3, picture(still(hand::large(), full)));
            }
        }
        if number % 6 == 5 {
            let mut top = group(vec![block(300.0, 200.0, 500.0, 250.0, dice.color())]);
            top.blend = Blend::Multiply;
            children.push(node(top));
        }
        result.push(node(group(children)));
    }
    result
}

fn painter() -> Painter {
    Painter::new(SIZE, SimdLevel::detect()).unwrap()
}

fn planes(painter: &mut Painter, frame: &Drawing) -> [Vec<u8>; 3] {
    let view = painter.yuv(frame, Color::rgba(0.2, 0.5, 0.1, 0.9), &Hand);
    [view.y.to_vec(), view.u.to_vec(), view.v.to_vec()]
}

#[test]
fn a_frame_is_the_same_whatever_came_before() {
    for (seed, covered) in [(1, true), (2, false), (3, true)] {
        let frames = film(seed, 18, covered);
        let mut painter = painter();
        for (number, frame) in frames.iter().enumerate() {
            let got = planes(&mut painter, frame);
            let want = planes(&mut self::painter(), frame);
            assert!(got == want, "film {seed}, frame {number}");
        }
    }
}

#[test]
fn frames_in_another_order_are_the_same() {
    let frames = film(9, 10, true);
    let mut forwards = painter();
    let mut backwards = painter();
    let want: Vec<_> = frames
        .iter()
        .map(|frame| planes(&mut forwards, frame))
        .collect();
    for (number, frame) in frames.iter().enumerate().rev() {
        assert!(
            planes(&mut backwards, frame) == want[number],
            "frame {number}"
        );
    }
}

#[test]
fn rgba_and_yuv_in_turn_do_not_disturb_each_other() {
    let frames = film(4, 8, true);
    let mut painter = painter();
    for frame in &frames {
        let rgba = painter.rgba(frame, &Hand).to_vec();
        assert!(rgba == self::painter().rgba(frame, &Hand));
        assert!(planes(&mut painter, frame) == planes(&mut self::painter(), frame));
    }
}

#[test]
fn equal_trees_draw_the_same_as_shared_ones() {
    let (one, other) = (film(5, 4, true), film(5, 4, true));
    let mut painter = painter();
    for (one, other) in one.iter().zip(&other) {
        assert!(!one.same(other));
        let want = planes(&mut painter, one);
        assert!(planes(&mut painter, other) == want);
    }
}

#[test]
fn a_video_alone_passes_through_untouched() {
    let size = Size::new(64, 36);
    let mut painter = Painter::new(size, SimdLevel::detect()).unwrap();
    let rect = Rect::new(-32.0, -18.0, 32.0, 18.0);
    let frame = at(32.0, 18.0, picture(video(hand::video(), 0.3, rect)));
    let view = painter.yuv(&frame, Color::WHITE, &Hand);
    let Some(kinora_raster::VideoPicture::Yuv(source)) =
        kinora_raster::Assets::video(&Hand, hand::video(), 0.3)
    else {
        unreachable!()
    };
    let planes = source.planes();
    assert_eq!((view.y, view.u, view.v), (planes.y, planes.u, planes.v));
}

#[test]
fn what_lies_on_a_video_looks_as_in_rgb() {
    let size = Size::new(64, 36);
    let opaque = block(10.0, 10.0, 30.0, 20.0, RED);
    let video = picture(video(hand::video(), 0.0, Rect::new(0.0, 0.0, 64.0, 36.0)));
    let mut painter = Painter::new(size, SimdLevel::detect()).unwrap();
    let over = planes(&mut painter, &node(group(vec![video, opaque.clone()])));
    let alone = planes(&mut painter, &opaque);
    assert_eq!(over[0][20 * 64 + 20], alone[0][20 * 64 + 20]);
    assert_eq!(over[1][10 * 32 + 10], alone[1][10 * 32 + 10]);
    assert_eq!(over[2][10 * 32 + 10], alone[2][10 * 32 + 10]);
    assert_ne!(over[0][0], alone[0][0]);
}

#[test]
fn the_background_lies_over_black() {
    let mut painter = Painter::new(Size::new(2, 2), SimdLevel::detect()).unwrap();
    let nothing = node(group(Vec::new()));
    let mut luma = |color| painter.yuv(&nothing, color, &Hand).y[0];
    assert_eq!(luma(Color::WHITE), 235);
    assert_eq!(luma(Color::BLACK), 16);
    assert_eq!(luma(Color::TRANSPARENT), 16);
    assert_eq!(luma(Color::rgba(1.0, 1.0, 1.0, 0.5)), 126);
}

#[test]
fn fading_one_shape_is_fading_its_group() {
    let size = Size::new(60, 60);
    let circle = || {
        filled(
            Geometry::Ellipse(Ellipse::new((30.0, 30.0), (25.0, 20.0), 0.3)),
            BLUE,
        )
    };
    let faded = |children| {
        let mut group = group(children);
        group.opacity = 0.4;
        node(group)
    };
    let single = faded(vec![shape(circle())]);
    // An invisible second child keeps the short cut out of the way.
    let far = block(-50.0, -50.0, 1.0, 1.0, RED);
    let whole = faded(vec![shape(circle()), far]);
    let mut painter = Painter::new(size, SimdLevel::detect()).unwrap();
    let short = painter.rgba(&single, &Hand).to_vec();
    let long = painter.rgba(&whole, &Hand).to_vec();
    let worst = short.iter().zip(&long).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(worst <= Some(2), "{worst:?}");
}

#[test]
fn emboldening_widens_a_stem_by_its_amount() {
    // The letter l is one upright stem.
    let width = |embolden: f32, scale: f64, stroke: bool| {
        let mut stem = run("l", 100.0, Color::BLACK);
        stem.embolden = embolden;
        if stroke {
            stem.stroke = Some(line(Color::BLACK, 2.0));
        }
        let place = Affine::translate((10.0, 110.0)) * Affine::scale(scale);
        let frame = placed(place, glyphs(stem));
        let mut painter = Painter::new(Size::new(100, 120), SimdLevel::detect()).unwrap();
        let rgba = painter.rgba(&frame, &Hand);
        let row = rgba[80 * 400..][..400].chunks(4);
        row.map(|pixel| f64::from(pixel[3]) / 255.0).sum::<f64>()
    };
    for (scale, stroke) in [(1.0, false), (0.5, false), (1.0, true), (0.5, true)] {
        let grown = width(6.0, scale, stroke) - width(0.0, scale, stroke);
        // Where stroke and fill share a pixel, their coverages do not add up.
        let allowance = if stroke { 0.3 } else { 0.1 };
        assert!(
            (grown - 6.0 * scale).abs() < allowance,
            "{grown} at {scale}, {stroke}"
        );
    }
}

#[test]
fn an_opaque_still_below_looks_as_in_rgb() {
    let size = Size::new(38, 24);
    let rect = Rect::new(-1.0, 0.0, 40.0, 24.0);
    let below = picture(still(hand::large(), rect));
    let mut dark = group(vec![block(0.0, 0.0, 1.0, 1.0, Color::BLACK)]);
    dark.blend = Blend::Darken;
    let mut painter = Painter::new(size, SimdLevel::detect()).unwrap();
    let from_yuv = planes(&mut painter, &node(group(vec![below.clone()])));
    // A blend mode on top keeps everything in RGB.
    let from_rgb = planes(&mut painter, &node(group(vec![below, node(dark)])));
    for (plane, width) in [(0, 38), (1, 19), (2, 19)] {
        for (at, (a, b)) in from_yuv[plane].iter().zip(&from_rgb[plane]).enumerate() {
            let corner = at % width < 2 && at / width < 2;
            assert!(
                corner || a.abs_diff(*b) <= 3,
                "plane {plane} at {at}: {a}, {b}"
            );
        }
    }
}
