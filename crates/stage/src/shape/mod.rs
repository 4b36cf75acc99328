//! What nodes draw themselves: their own properties and outlines.

mod circle;
mod curve;
mod line;
mod path;
mod picture;
mod rect;

use kinora_film::{Cap, Join, Paint, Stroke};
use kurbo::{BezPath, Point, Vec2};

pub(crate) use circle::Circle;
pub(crate) use curve::{CurveProps, Measure, Outline, trimmed};
pub(crate) use line::Line;
pub(crate) use path::PathData;
pub(crate) use picture::PictureProps;
pub(crate) use rect::Corners;
#[cfg(test)]
pub(crate) use rect::rounded_rect;

use crate::{NodeKind, SetError, change::Change, paint::paint, value::Input};

/// What only nodes of one kind have.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    None,
    View(View),
    Rect(Corners),
    Circle(Circle),
    Line(Line),
    Path(PathData),
    Leaf(String),
    Picture(Box<PictureProps>),
}

/// The scene's own size.
#[derive(Clone, Debug)]
pub(crate) struct View {
    /// In scene units.
    pub size: Vec2,
    /// Canvas pixels per scene unit.
    pub scale: f64,
    pub corners: Corners,
}

impl Content {
    pub fn new(kind: NodeKind) -> Self {
        match kind {
            NodeKind::View => Self::View(View {
                size: Vec2::new(1920.0, 1080.0),
                scale: 1.0,
                corners: Corners::default(),
            }),
            NodeKind::Node | NodeKind::Layout | NodeKind::Txt | NodeKind::Audio => Self::None,
            NodeKind::Rect => Self::Rect(Corners::default()),
            NodeKind::Circle => Self::Circle(Circle::default()),
            NodeKind::Line => Self::Line(Line::default()),
            NodeKind::Path => Self::Path(PathData::default()),
            NodeKind::TxtLeaf => Self::Leaf(String::new()),
            NodeKind::Img => Self::Picture(Box::new(PictureProps::still())),
            NodeKind::Video => Self::Picture(Box::new(PictureProps::video())),
        }
    }

    pub fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        match self {
            Self::None => Ok(None),
            Self::View(view) => match input.name {
                "size" => {
                    let size = input.or(Vec2::ZERO, Input::vec2)?;
                    Ok(Change::put(&mut view.size, size, Change::SCENE))
                }
                "resolutionScale" => {
                    let scale = input.or(1.0, Input::number)?;
                    Ok(Change::put(&mut view.scale, scale, Change::SCENE))
                }
                _ => view.corners.set(input),
            },
            Self::Rect(corners) => corners.set(input),
            Self::Circle(circle) => circle.set(input),
            Self::Line(line) => line.set(input),
            Self::Path(path) => path.set(input),
            Self::Leaf(text) => match input.name {
                "text" => {
                    let new = input.or("", Input::text)?;
                    if text == new {
                        return Ok(Some(Change::NONE));
                    }
                    new.clone_into(text);
                    Ok(Some(Change::TEXT))
                }
                _ => Ok(None),
            },
            Self::Picture(picture) => picture.set(input),
        }
    }

    /// The size that the content has of itself, if it decides it alone.
    pub fn fixed_size(&self) -> Option<Vec2> {
        match self {
            Self::View(view) => Some(view.size),
            Self::Line(line) => Some(line.size()),
            Self::Path(path) => Some(path.size()),
            _ => None,
        }
    }

    /// Where the middle of the content lies from the node's origin.
    pub fn bounds_center(&self) -> Vec2 {
        match self {
            Self::Line(line) => line.center(),
            Self::Path(path) => path.center(),
            _ => Vec2::ZERO,
        }
    }

    /// Whether the outline is closed where the node does not say.
    pub fn closed_by_default(&self) -> bool {
        matches!(self, Self::View(_) | Self::Rect(_) | Self::Picture(_))
    }

    /// The whole outline, in the node's own space.
    pub fn outline(&self, size: Vec2, closed: bool) -> Outline {
        match self {
            Self::View(view) => view.corners.outline(size, 0.0),
            Self::Rect(corners) => corners.outline(size, 0.0),
            Self::Picture(picture) => picture.corners.outline(size, 0.0),
            Self::Circle(circle) => circle.outline(size, closed),
            Self::Line(line) => line.outline(closed),
            Self::Path(path) => path.outline(),
            Self::None | Self::Leaf(_) => Outline::Path(BezPath::new()),
        }
    }

    /// The outline of a ripple that has spread by `spread`, if the kind has one.
    pub fn ripple(&self, size: Vec2, closed: bool, spread: f64) -> Option<Outline> {
        match self {
            Self::View(view) => Some(view.corners.outline(size, spread)),
            Self::Rect(corners) => Some(corners.outline(size, spread)),
            Self::Picture(picture) => Some(picture.corners.outline(size, spread)),
            Self::Circle(circle) => {
                Some(circle.outline(size + Vec2::new(2.0 * spread, 2.0 * spread), closed))
            }
            _ => None,
        }
    }
}

/// Fill and stroke of a shape. `None` is the default, which for a text is what
/// its parent has.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ShapeProps {
    pub fill: Option<Paint>,
    pub stroke: Option<Paint>,
    pub stroke_first: Option<bool>,
    pub line_width: Option<f64>,
    pub join: Option<Join>,
    pub cap: Option<Cap>,
    pub dash: Option<Vec<f64>>,
    pub dash_offset: Option<f64>,
    pub aliased: bool,
    pub ripple: f64,
}

impl ShapeProps {
    pub fn set(&mut self, input: Input<'_>, text: bool) -> Result<Option<Change>, SetError> {
        use Change as C;
        let own = if text { C::PAINT } else { C::OWN };
        Ok(match input.name {
            "fill" => C::put(&mut self.fill, paint(input)?, own),
            "stroke" => C::put(&mut self.stroke, paint(input)?, own),
            "strokeFirst" => C::put(&mut self.stroke_first, input.optional(Input::bool)?, own),
            "lineWidth" => C::put(&mut self.line_width, input.optional(Input::number)?, own),
            "lineJoin" => C::put(&mut self.join, input.optional(join)?, own),
            "lineCap" => C::put(&mut self.cap, input.optional(cap)?, own),
            "lineDash" => C::put(&mut self.dash, input.optional(dash)?, own),
            "lineDashOffset" => C::put(&mut self.dash_offset, input.optional(Input::number)?, own),
            "antialiased" => C::put(&mut self.aliased, !input.or(true, Input::bool)?, own),
            "ripple" => C::put(&mut self.ripple, input.or(0.0, Input::number)?, own),
            _ => None,
        })
    }

    /// What a text with these properties has inside a text that has `parent`'s.
    pub fn inherit(&self, parent: &Self) -> Self {
        Self {
            fill: self.fill.clone().or_else(|| parent.fill.clone()),
            stroke: self.stroke.clone().or_else(|| parent.stroke.clone()),
            stroke_first: self.stroke_first.or(parent.stroke_first),
            line_width: self.line_width.or(parent.line_width),
            join: self.join.or(parent.join),
            cap: self.cap.or(parent.cap),
            dash: self.dash.clone().or_else(|| parent.dash.clone()),
            dash_offset: self.dash_offset.or(parent.dash_offset),
            aliased: self.aliased,
            ripple: 0.0,
        }
    }

    /// A stroke of `paint` with these properties; `None` without a width.
    pub fn stroke_of(&self, paint: Paint) -> Option<Stroke> {
        let width = self.line_width.unwrap_or(0.0);
        if width <= 0.0 {
            return None;
        }
        Some(Stroke {
            join: self.join.unwrap_or(Join::Miter),
            cap: self.cap.unwrap_or(Cap::Butt),
            dash: self.dash.clone().unwrap_or_default(),
            dash_offset: self.dash_offset.unwrap_or(0.0),
            ..Stroke::new(paint, width)
        })
    }
}

fn join(input: Input<'_>) -> Result<Join, SetError> {
    input.keyword("`miter`, `round` or `bevel`", |name| {
        Some(match name {
            "miter" => Join::Miter,
            "round" => Join::Round,
            "bevel" => Join::Bevel,
            _ => return None,
        })
    })
}

fn cap(input: Input<'_>) -> Result<Cap, SetError> {
    input.keyword("`butt`, `round` or `square`", |name| {
        Some(match name {
            "butt" => Cap::Butt,
            "round" => Cap::Round,
            "square" => Cap::Square,
            _ => return None,
        })
    })
}

/// Dashes as a canvas takes them: an odd count is doubled; negative ones or
/// zeros alone make no dashes.
fn dash(input: Input<'_>) -> Result<Vec<f64>, SetError> {
    let mut dash = input.numbers()?;
    if dash.iter().any(|length| *length < 0.0) || dash.iter().all(|length| *length == 0.0) {
        return Ok(Vec::new());
    }
    if dash.len() % 2 != 0 {
        dash.extend_from_within(..);
    }
    Ok(dash)
}

/// An arc from `start` over `sweep` radians as cubic Béziers, each at most a
/// quarter turn; the path must already be at its start.
pub(super) fn append_arc(path: &mut BezPath, center: Point, radii: Vec2, start: f64, sweep: f64) {
    let pieces = (sweep.abs() / std::f64::consts::FRAC_PI_2 - 1e-9)
        .ceil()
        .max(1.0);
    let step = sweep / pieces;
    // The handle length that makes a cubic touch the circle in its middle.
    let handle = 4.0 / 3.0 * libm::tan(step / 4.0);
    let at = |angle: f64| {
        let (sin, cos) = libm::sincos(angle);
        let point = center + Vec2::new(radii.x * cos, radii.y * sin);
        let along = Vec2::new(-radii.x * sin, radii.y * cos) * handle;
        (point, along)
    };
    let (mut from, mut out) = at(start);
    for piece in 1..=pieces as u32 {
        let (to, along) = at(start + step * f64::from(piece));
        path.curve_to(from + out, to - along, to);
        (from, out) = (to, along);
    }
}
