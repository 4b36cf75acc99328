use std::rc::Rc;

use kinora_film::{
    AssetId, Color, Gradient, GradientKind, GradientStop, Paint, Pattern, Repetition,
};
use kurbo::{Affine, Point};

/// What a canvas fills and strokes with.
#[derive(Clone, Debug)]
pub(super) enum Ink {
    /// What a drawing can be painted with.
    Paint(Rc<Paint>),
    /// A canvas, repeated.
    Tiles(Rc<Tiles>),
    /// Nothing: a gradient that has no extent.
    Nothing,
}

/// A canvas as a pattern.
#[derive(Clone, Debug)]
pub(super) struct Tiles {
    /// Its place among the canvases that are drawn.
    pub surface: usize,
    pub width: f64,
    pub height: f64,
    pub repetition: Repetition,
    /// The canvas's space to that of what is painted.
    pub transform: Affine,
}

impl Ink {
    pub fn black() -> Self {
        Self::solid(&[0.0, 0.0, 0.0, 1.0])
    }

    /// Red, green, blue and alpha.
    pub fn solid(n: &[f64]) -> Self {
        Self::Paint(Rc::new(Paint::Solid(color(n))))
    }

    /// A gradient or pattern: its kind's number, then what that kind has.
    pub fn read(n: &[f64], texts: &[String]) -> Option<Self> {
        let (kind, n) = n.split_first()?;
        let point = |at: usize| Point::new(n[at], n[at + 1]);
        let (kind, stops) = match *kind as i64 {
            0 if n.len() >= 4 => {
                if point(0) == point(2) {
                    return Some(Self::Nothing);
                }
                let kind = GradientKind::Linear {
                    from: point(0),
                    to: point(2),
                };
                (kind, &n[4..])
            }
            1 if n.len() >= 6 => {
                if point(0) == point(3) && n[2] == n[5] {
                    return Some(Self::Nothing);
                }
                let kind = GradientKind::Radial {
                    from: point(0),
                    from_radius: n[2],
                    to: point(3),
                    to_radius: n[5],
                };
                (kind, &n[6..])
            }
            2 if n.len() >= 3 => {
                let kind = GradientKind::Conic {
                    center: point(1),
                    angle: n[0],
                };
                (kind, &n[3..])
            }
            3 if n.len() >= 8 => {
                return Some(Self::Paint(Rc::new(Paint::Pattern(Pattern {
                    asset: texts.get(n[0] as usize)?.parse::<AssetId>().ok()?,
                    repetition: repetition(n[1]),
                    transform: affine(&n[2..])?,
                }))));
            }
            4 if n.len() >= 10 => {
                return Some(Self::Tiles(Rc::new(Tiles {
                    surface: n[0] as usize,
                    width: n[1],
                    height: n[2],
                    repetition: repetition(n[3]),
                    transform: affine(&n[4..])?,
                })));
            }
            _ => return None,
        };
        let mut stops: Vec<GradientStop> = stops
            .chunks_exact(5)
            .map(|stop| GradientStop {
                offset: stop[0].clamp(0.0, 1.0) as f32,
                color: color(&stop[1..]),
            })
            .collect();
        stops.sort_by(|a, b| a.offset.total_cmp(&b.offset));
        Some(match &stops[..] {
            [] => Self::Nothing,
            [stop] => Self::Paint(Rc::new(Paint::Solid(stop.color))),
            _ => Self::Paint(Rc::new(Paint::Gradient(Gradient { kind, stops }))),
        })
    }
}

/// A colour of four numbers, each within 0 and 1.
pub(super) fn color(n: &[f64]) -> Color {
    Color::rgba(n[0] as f32, n[1] as f32, n[2] as f32, n[3] as f32)
}

/// A transform of six numbers; `None` of fewer.
pub(super) fn affine(n: &[f64]) -> Option<Affine> {
    n.first_chunk().copied().map(Affine::new)
}

fn repetition(number: f64) -> Repetition {
    match number as i64 {
        1 => Repetition::X,
        2 => Repetition::Y,
        3 => Repetition::None,
        _ => Repetition::Both,
    }
}
