use std::{ops::Deref, sync::Arc};

use kurbo::{Affine, BezPath, Ellipse, Rect, RoundedRect, Shape as _};
use serde::{Deserialize, Serialize};

use crate::{AssetId, Color, FillRule, Paint, Stroke};

/// An immutable tree of what to draw, cheap to clone. Parts that did not change
/// between two frames are the same allocation, which [`Drawing::same`] tells.
#[derive(Clone, Debug)]
pub struct Drawing(Arc<Node>);

impl Drawing {
    /// A drawing of one node, in an allocation of its own.
    pub fn new(node: Node) -> Self {
        Self(Arc::new(node))
    }

    /// Whether both are the same allocation, and so draw the same.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// A value that is equal for [`Drawing::same`] drawings as long as either lives.
    pub fn address(&self) -> usize {
        Arc::as_ptr(&self.0) as usize
    }
}

impl From<Node> for Drawing {
    fn from(node: Node) -> Self {
        Self::new(node)
    }
}

impl Deref for Drawing {
    type Target = Node;

    fn deref(&self) -> &Node {
        &self.0
    }
}

impl PartialEq for Drawing {
    fn eq(&self, other: &Self) -> bool {
        self.same(other) || *self.0 == *other.0
    }
}

/// One thing to draw. `C` is how a group names its children: by pointer in
/// memory, by index in the binary form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Node<C = Drawing> {
    /// Several things under one transform, clip and effect.
    Group(Group<C>),
    /// A path with fill and stroke.
    Shape(Shape),
    /// Glyphs of one font at one size.
    Glyphs(GlyphRun),
    /// A still picture or a frame of a video.
    Picture(Picture),
}

/// Several things drawn in order, as one.
///
/// A group is drawn onto a surface of its own, and that surface then onto what
/// is below it, when [`Group::is_isolated`]; otherwise straight onto what is
/// below. The order of effects is that of a canvas's `drawImage`: filters, then
/// shadow (of the filtered picture), then opacity, then blend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group<C = Drawing> {
    /// The children's space to the parent's.
    pub transform: Affine,
    /// What lies outside is not drawn; in the children's space.
    pub clip: Option<Clip>,
    /// Opacity of the whole, within `0.0..=1.0`.
    pub opacity: f32,
    /// How the whole meets what is below.
    pub blend: Blend,
    /// CSS filters in their order; lengths in canvas pixels.
    pub filters: Vec<Filter>,
    /// A shadow of the whole; lengths in canvas pixels, not transformed.
    pub shadow: Option<Shadow>,
    /// Asks for a surface of its own even where no effect needs one
    /// (a composite operation of a child then acts within it).
    pub isolated: bool,
    /// What to draw, bottom first.
    pub children: Vec<C>,
}

impl<C> Group<C> {
    /// A plain group: no clip, no effect.
    pub fn new(transform: Affine, children: Vec<C>) -> Self {
        Self {
            transform,
            clip: None,
            opacity: 1.0,
            blend: Blend::SourceOver,
            filters: Vec::new(),
            shadow: None,
            isolated: false,
            children,
        }
    }

    /// Whether the group needs a surface of its own.
    pub fn is_isolated(&self) -> bool {
        self.isolated
            || self.opacity < 1.0
            || self.blend != Blend::SourceOver
            || !self.filters.is_empty()
            || self.shadow.is_some()
    }

    pub(crate) fn with_children<D>(&self, children: Vec<D>) -> Group<D> {
        Group {
            transform: self.transform,
            clip: self.clip.clone(),
            opacity: self.opacity,
            blend: self.blend,
            filters: self.filters.clone(),
            shadow: self.shadow,
            isolated: self.isolated,
            children,
        }
    }
}

/// A region outside which nothing is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clip {
    /// Its outline.
    pub geometry: Geometry,
    /// Which points are inside.
    pub rule: FillRule,
}

/// An outline. The simple kinds are kept apart because renderers have short
/// cuts for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Geometry {
    /// An axis-aligned rectangle.
    Rect(Rect),
    /// A rectangle with circular corners.
    RoundedRect(RoundedRect),
    /// An ellipse.
    Ellipse(Ellipse),
    /// Anything else.
    Path(BezPath),
}

impl Geometry {
    /// The outline as a path; curves are within a thousandth of a unit.
    pub fn to_path(&self) -> BezPath {
        const TOLERANCE: f64 = 1e-3;
        match self {
            Self::Rect(rect) => rect.to_path(TOLERANCE),
            Self::RoundedRect(rect) => rect.to_path(TOLERANCE),
            Self::Ellipse(ellipse) => ellipse.to_path(TOLERANCE),
            Self::Path(path) => path.clone(),
        }
    }

    /// The smallest axis-aligned box around the outline, without any stroke.
    pub fn bounding_box(&self) -> Rect {
        match self {
            Self::Rect(rect) => rect.abs(),
            Self::RoundedRect(rect) => rect.bounding_box(),
            Self::Ellipse(ellipse) => ellipse.bounding_box(),
            Self::Path(path) => path.bounding_box(),
        }
    }
}

/// A path with fill and stroke.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// Its outline.
    pub geometry: Geometry,
    /// What fills it.
    pub fill: Option<Paint>,
    /// Which points the fill covers.
    pub rule: FillRule,
    /// What outlines it.
    pub stroke: Option<Stroke>,
    /// Whether the stroke lies below the fill.
    pub stroke_first: bool,
    /// Whether edges are smoothed.
    pub antialias: bool,
}

impl Shape {
    /// A filled outline without a stroke.
    pub fn filled(geometry: Geometry, fill: Paint) -> Self {
        Self {
            geometry,
            fill: Some(fill),
            rule: FillRule::NonZero,
            stroke: None,
            stroke_first: false,
            antialias: true,
        }
    }
}

/// Glyphs of one font at one size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GlyphRun {
    /// The font file.
    pub font: AssetId,
    /// Which font of a collection; 0 for a single font.
    pub index: u32,
    /// Pixels per em, greater than 0.
    pub size: f32,
    /// Variation coordinates, normalised, as 2.14 fixed-point numbers.
    pub coords: Vec<i16>,
    /// Emboldening of a font without a bold face, in pixels; 0 for none.
    pub embolden: f32,
    /// Slant of a font without an italic face, in degrees; 0 for none.
    pub skew: f32,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
    /// What fills them.
    pub fill: Option<Paint>,
    /// What outlines them.
    pub stroke: Option<Stroke>,
    /// Whether the stroke lies below the fill.
    pub stroke_first: bool,
}

/// One glyph of a run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// Origin from the left, in the run's space.
    pub x: f32,
    /// Baseline from the top (y down), in the run's space.
    pub y: f32,
}

/// A picture stretched over a rectangle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// The file.
    pub asset: AssetId,
    /// Which of its pictures.
    pub source: PictureSource,
    /// Where it is drawn.
    pub rect: Rect,
    /// Its opacity within `0.0..=1.0`.
    pub opacity: f32,
    /// Whether it is filtered when scaled (else nearest neighbour).
    pub smoothing: bool,
}

/// Which picture of a file.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum PictureSource {
    /// The file's only one.
    Still,
    /// The video frame that is on at this time.
    Video {
        /// Seconds from the start of the file's presentation, 0 or more.
        time: f64,
    },
}

/// A blurred, offset copy of a group's outline below it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shadow {
    /// Its colour.
    pub color: Color,
    /// Standard deviation of its Gaussian blur in canvas pixels
    /// (half of a canvas's `shadowBlur`).
    pub deviation: f64,
    /// How far it lies to the right, in canvas pixels.
    pub dx: f64,
    /// How far it lies below, in canvas pixels.
    pub dy: f64,
}

impl Shadow {
    /// How many canvas pixels it may reach beyond what it is cast by, on every
    /// side, before it is moved.
    pub fn reach(&self) -> f64 {
        blur_reach(self.deviation)
    }
}

/// A CSS filter function.
///
/// The formulas are those of the Filter Effects specification, on sRGB values.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Filter {
    /// Gaussian blur; standard deviation in canvas pixels.
    Blur(f64),
    /// Brightness; 1 changes nothing.
    Brightness(f64),
    /// Contrast; 1 changes nothing.
    Contrast(f64),
    /// Towards grey; 0 changes nothing, 1 is grey.
    Grayscale(f64),
    /// Turn of the hue in degrees.
    HueRotate(f64),
    /// Inversion; 0 changes nothing, 1 is the negative.
    Invert(f64),
    /// Saturation; 1 changes nothing.
    Saturate(f64),
    /// Towards sepia; 0 changes nothing.
    Sepia(f64),
}

impl Filter {
    /// How many canvas pixels it may draw beyond what it is given, on every side.
    pub fn reach(&self) -> f64 {
        match *self {
            Self::Blur(deviation) => blur_reach(deviation),
            Self::Brightness(_)
            | Self::Contrast(_)
            | Self::Grayscale(_)
            | Self::HueRotate(_)
            | Self::Invert(_)
            | Self::Saturate(_)
            | Self::Sepia(_) => 0.0,
        }
    }
}

/// Three standard deviations; more than a hundred thousand leave nothing to see.
fn blur_reach(deviation: f64) -> f64 {
    deviation.clamp(0.0, 1e5) * 3.0
}

/// How a picture meets what is below: the values of a canvas's
/// `globalCompositeOperation`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // the names say what the Compositing specification defines
pub enum Blend {
    #[default]
    SourceOver,
    SourceIn,
    SourceOut,
    SourceAtop,
    DestinationOver,
    DestinationIn,
    DestinationOut,
    DestinationAtop,
    Lighter,
    Copy,
    Xor,
    Multiply,
    Screen,
    Overlay,
    Darken,
    Lighten,
    ColorDodge,
    ColorBurn,
    HardLight,
    SoftLight,
    Difference,
    Exclusion,
    Hue,
    Saturation,
    Color,
    Luminosity,
}

impl Blend {
    /// The mode with this canvas name (`source-over`, `multiply`, …).
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "source-over" => Self::SourceOver,
            "source-in" => Self::SourceIn,
            "source-out" => Self::SourceOut,
            "source-atop" => Self::SourceAtop,
            "destination-over" => Self::DestinationOver,
            "destination-in" => Self::DestinationIn,
            "destination-out" => Self::DestinationOut,
            "destination-atop" => Self::DestinationAtop,
            "lighter" => Self::Lighter,
            "copy" => Self::Copy,
            "xor" => Self::Xor,
            "multiply" => Self::Multiply,
            "screen" => Self::Screen,
            "overlay" => Self::Overlay,
            "darken" => Self::Darken,
            "lighten" => Self::Lighten,
            "color-dodge" => Self::ColorDodge,
            "color-burn" => Self::ColorBurn,
            "hard-light" => Self::HardLight,
            "soft-light" => Self::SoftLight,
            "difference" => Self::Difference,
            "exclusion" => Self::Exclusion,
            "hue" => Self::Hue,
            "saturation" => Self::Saturation,
            "color" => Self::Color,
            "luminosity" => Self::Luminosity,
            _ => return None,
        })
    }
}
