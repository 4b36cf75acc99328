use kurbo::{Affine, Point};
use serde::{Deserialize, Serialize};

use crate::{AssetId, Color};

/// What fills a shape, a stroke or a glyph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Paint {
    /// One colour.
    Solid(Color),
    /// A colour ramp in the shape's own space.
    Gradient(Gradient),
    /// A repeated picture in the shape's own space.
    Pattern(Pattern),
}

/// A colour ramp, interpolated in sRGB (as a canvas does).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gradient {
    /// How positions map to the ramp.
    pub kind: GradientKind,
    /// Colour stops in rising order of offset.
    pub stops: Vec<GradientStop>,
}

/// The shape of a colour ramp; points in the painted shape's own space.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum GradientKind {
    /// Along the line from `from` to `to`.
    Linear {
        /// Where offset 0 lies.
        from: Point,
        /// Where offset 1 lies.
        to: Point,
    },
    /// Between two circles.
    Radial {
        /// Centre of the circle of offset 0.
        from: Point,
        /// Its radius.
        from_radius: f64,
        /// Centre of the circle of offset 1.
        to: Point,
        /// Its radius.
        to_radius: f64,
    },
    /// Around `center`, clockwise (y down).
    Conic {
        /// The centre.
        center: Point,
        /// Where offset 0 lies, in radians from the x axis.
        angle: f64,
    },
}

/// One colour of a ramp.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GradientStop {
    /// Position within `0.0..=1.0`.
    pub offset: f32,
    /// The colour there.
    pub color: Color,
}

/// A repeated picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    /// The still picture.
    pub asset: AssetId,
    /// Along which axes it repeats.
    pub repetition: Repetition,
    /// Picture space (pixels) to shape space.
    pub transform: Affine,
}

/// Along which axes a pattern repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Repetition {
    /// Both.
    Both,
    /// Horizontally only.
    X,
    /// Vertically only.
    Y,
    /// Not at all.
    None,
}

/// A stroked outline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stroke {
    /// Its paint.
    pub paint: Paint,
    /// Full width, centred on the path; greater than 0.
    pub width: f64,
    /// How corners look.
    pub join: Join,
    /// How open ends look.
    pub cap: Cap,
    /// The longest miter, as a multiple of half the width (a canvas has 10).
    pub miter_limit: f64,
    /// Lengths of dashes and gaps in turn; empty for a solid line.
    pub dash: Vec<f64>,
    /// Where in the dash pattern the line begins.
    pub dash_offset: f64,
}

impl Stroke {
    /// A solid line with a canvas's defaults: miter joins, butt caps.
    pub fn new(paint: Paint, width: f64) -> Self {
        Self {
            paint,
            width,
            join: Join::Miter,
            cap: Cap::Butt,
            miter_limit: 10.0,
            dash: Vec::new(),
            dash_offset: 0.0,
        }
    }
}

/// How the corners of a stroke look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Join {
    /// Pointed, up to the miter limit.
    Miter,
    /// Rounded.
    Round,
    /// Cut off.
    Bevel,
}

/// How the open ends of a stroke look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cap {
    /// Ends at the point.
    Butt,
    /// A half circle beyond the point.
    Round,
    /// Half a square beyond the point.
    Square,
}

/// Which points are inside a path that crosses itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FillRule {
    /// Those with a winding number other than 0.
    NonZero,
    /// Those with an odd number of crossings.
    EvenOdd,
}
