//! Blend modes against the formulas of the Compositing specification.

use kinora_film::{Blend, Color, Drawing, Size};
use kinora_raster::{Painter, SimdLevel};

use crate::{
    drawings::{at, block, group, node},
    hand::Hand,
};

type Rgb = [f64; 3];

const MODES: [(Blend, &str); 26] = [
    (Blend::SourceOver, "source-over"),
    (Blend::SourceIn, "source-in"),
    (Blend::SourceOut, "source-out"),
    (Blend::SourceAtop, "source-atop"),
    (Blend::DestinationOver, "destination-over"),
    (Blend::DestinationIn, "destination-in"),
    (Blend::DestinationOut, "destination-out"),
    (Blend::DestinationAtop, "destination-atop"),
    (Blend::Lighter, "lighter"),
    (Blend::Copy, "copy"),
    (Blend::Xor, "xor"),
    (Blend::Multiply, "multiply"),
    (Blend::Screen, "screen"),
    (Blend::Overlay, "overlay"),
    (Blend::Darken, "darken"),
    (Blend::Lighten, "lighten"),
    (Blend::ColorDodge, "color-dodge"),
    (Blend::ColorBurn, "color-burn"),
    (Blend::HardLight, "hard-light"),
    (Blend::SoftLight, "soft-light"),
    (Blend::Difference, "difference"),
    (Blend::Exclusion, "exclusion"),
    (Blend::Hue, "hue"),
    (Blend::Saturation, "saturation"),
    (Blend::Color, "color"),
    (Blend::Luminosity, "luminosity"),
];

/// Source and backdrop, not premultiplied, to the premultiplied result.
fn blended(blend: Blend, (source, a): (Rgb, f64), (below, b): (Rgb, f64)) -> [f64; 4] {
    let compose = |fa: f64, fb: f64| {
        let channel = |i: usize| source[i] * a * fa + below[i] * b * fb;
        let all = [channel(0), channel(1), channel(2), a * fa + b * fb];
        all.map(|value| value.min(1.0))
    };
    match blend {
        Blend::SourceIn => compose(b, 0.0),
        Blend::SourceOut => compose(1.0 - b, 0.0),
        Blend::SourceAtop => compose(b, 1.0 - a),
        Blend::DestinationOver => compose(1.0 - b, 1.0),
        Blend::DestinationIn => compose(0.0, a),
        Blend::DestinationOut => compose(0.0, 1.0 - a),
        Blend::DestinationAtop => compose(1.0 - b, a),
        Blend::Lighter => compose(1.0, 1.0),
        Blend::Copy => compose(1.0, 0.0),
        Blend::Xor => compose(1.0 - b, 1.0 - a),
        _ => {
            let mixed = mix(blend, source, below);
            let channel =
                |i: usize| (1.0 - a) * b * below[i] + (1.0 - b) * a * source[i] + a * b * mixed[i];
            [channel(0), channel(1), channel(2), a + b - a * b]
        }
    }
}

fn mix(blend: Blend, s: Rgb, b: Rgb) -> Rgb {
    match blend {
        Blend::Hue => with_luminosity(with_saturation(s, saturation(b)), luminosity(b)),
        Blend::Saturation => with_luminosity(with_saturation(b, saturation(s)), luminosity(b)),
        Blend::Color => with_luminosity(s, luminosity(b)),
        Blend::Luminosity => with_luminosity(b, luminosity(s)),
        _ => std::array::from_fn(|i| separable(blend, s[i], b[i])),
    }
}

fn separable(blend: Blend, s: f64, b: f64) -> f64 {
    match blend {
        Blend::SourceOver => s,
        Blend::Multiply => s * b,
        Blend::Screen => s + b - s * b,
        Blend::Overlay => separable(Blend::HardLight, b, s),
        Blend::Darken => s.min(b),
        Blend::Lighten => s.max(b),
        Blend::ColorDodge if b == 0.0 => 0.0,
        Blend::ColorDodge if s == 1.0 => 1.0,
        Blend::ColorDodge => (b / (1.0 - s)).min(1.0),
        Blend::ColorBurn if b == 1.0 => 1.0,
        Blend::ColorBurn if s == 0.0 => 0.0,
        Blend::ColorBurn => 1.0 - ((1.0 - b) / s).min(1.0),
        Blend::HardLight if s <= 0.5 => b * 2.0 * s,
        Blend::HardLight => separable(Blend::Screen, 2.0 * s - 1.0, b),
        Blend::SoftLight if s <= 0.5 => b - (1.0 - 2.0 * s) * b * (1.0 - b),
        Blend::SoftLight => {
            let d = if b <= 0.25 {
                ((16.0 * b - 12.0) * b + 4.0) * b
            } else {
                b.sqrt()
            };
            b + (2.0 * s - 1.0) * (d - b)
        }
        Blend::Difference => (s - b).abs(),
        Blend::Exclusion => s + b - 2.0 * s * b,
        _ => unreachable!("{blend:?} is no separable mode"),
    }
}

fn luminosity([r, g, b]: Rgb) -> f64 {
    0.3 * r + 0.59 * g + 0.11 * b
}

fn saturation(c: Rgb) -> f64 {
    c.iter().copied().fold(0.0, f64::max) - c.iter().copied().fold(1.0, f64::min)
}

fn with_luminosity(c: Rgb, target: f64) -> Rgb {
    let shift = target - luminosity(c);
    let c = c.map(|channel| channel + shift);
    let light = luminosity(c);
    let least = c.iter().copied().fold(f64::MAX, f64::min);
    let most = c.iter().copied().fold(f64::MIN, f64::max);
    c.map(|channel| {
        if least < 0.0 {
            light + (channel - light) * light / (light - least)
        } else if most > 1.0 {
            light + (channel - light) * (1.0 - light) / (most - light)
        } else {
            channel
        }
    })
}

fn with_saturation(c: Rgb, target: f64) -> Rgb {
    let least = c.iter().copied().fold(f64::MAX, f64::min);
    let range = saturation(c);
    c.map(|channel| {
        if range > 0.0 {
            (channel - least) * target / range
        } else {
            0.0
        }
    })
}

fn layer(blend: Blend, color: Color) -> Drawing {
    let mut group = group(vec![block(8.0, 0.0, 16.0, 8.0, color)]);
    group.blend = blend;
    node(group)
}

const PAIRS: [(Color, Color); 4] = [
    (
        Color::rgba(0.8, 0.4, 0.2, 1.0),
        Color::rgba(0.2, 0.6, 0.9, 1.0),
    ),
    (
        Color::rgba(0.8, 0.4, 0.2, 0.6),
        Color::rgba(0.2, 0.6, 0.9, 1.0),
    ),
    (
        Color::rgba(0.1, 0.9, 0.5, 0.5),
        Color::rgba(1.0, 0.2, 0.0, 0.7),
    ),
    (
        Color::rgba(0.3, 0.3, 0.3, 1.0),
        Color::rgba(0.1, 0.5, 0.7, 0.4),
    ),
];

fn exact(color: Color) -> (Rgb, f64) {
    let [r, g, b, a] = [color.r, color.g, color.b, color.a].map(f64::from);
    ([r, g, b], a)
}

#[test]
fn every_mode_follows_its_formula() {
    let mut painter = Painter::new(Size::new(24, 8), SimdLevel::detect()).unwrap();
    let nothing = ([0.0; 3], 0.0);
    for (blend, name) in MODES {
        assert_eq!(Blend::from_name(name), Some(blend));
        for (source, below) in PAIRS {
            let below_only = block(0.0, 0.0, 16.0, 8.0, below);
            let frame = node(group(vec![below_only, layer(blend, source)]));
            let rgba = painter.rgba(&frame, &Hand);
            let places = [
                (4, nothing, exact(below)),
                (12, exact(source), exact(below)),
                (20, exact(source), nothing),
            ];
            for (x, source, below) in places {
                let want = blended(blend, source, below).map(|value| value * 255.0);
                let got = &rgba[(4 * 24 + x) * 4..][..4];
                for (got, want) in got.iter().zip(want) {
                    let off = (f64::from(*got) - want).abs();
                    assert!(off <= 3.0, "{name} at {x}: got {got}, want {want}");
                }
            }
        }
    }
}

#[test]
fn a_clip_bounds_what_a_mode_clears() {
    let mut painter = Painter::new(Size::new(24, 8), SimdLevel::detect()).unwrap();
    let mut clipped = group(vec![layer(Blend::Copy, Color::WHITE)]);
    clipped.clip = Some(kinora_film::Clip {
        geometry: crate::drawings::rect(4.0, 0.0, 8.0, 8.0),
        rule: kinora_film::FillRule::NonZero,
    });
    let below = block(0.0, 0.0, 24.0, 8.0, Color::BLACK);
    let frame = node(group(vec![below, node(clipped)]));
    let rgba = painter.rgba(&frame, &Hand);
    let pixel = |x: usize| &rgba[(4 * 24 + x) * 4..][..4];
    assert_eq!(pixel(2), [0, 0, 0, 255]);
    assert_eq!(pixel(6), [0, 0, 0, 0]);
    assert_eq!(pixel(10), [255, 255, 255, 255]);
    assert_eq!(pixel(14), [0, 0, 0, 255]);
}

#[test]
fn a_mode_acts_within_its_isolated_group() {
    let mut painter = Painter::new(Size::new(24, 8), SimdLevel::detect()).unwrap();
    let inner = vec![
        block(0.0, 0.0, 16.0, 8.0, Color::WHITE),
        layer(Blend::SourceIn, Color::BLACK),
    ];
    let mut isolated = group(inner);
    isolated.isolated = true;
    let below = block(0.0, 0.0, 24.0, 8.0, Color::rgba(1.0, 0.0, 0.0, 1.0));
    let frame = node(group(vec![below, at(0.0, 0.0, node(isolated))]));
    let rgba = painter.rgba(&frame, &Hand);
    let pixel = |x: usize| &rgba[(4 * 24 + x) * 4..][..4];
    assert_eq!(pixel(4), [255, 0, 0, 255]);
    assert_eq!(pixel(12), [0, 0, 0, 255]);
    assert_eq!(pixel(20), [255, 0, 0, 255]);
}
