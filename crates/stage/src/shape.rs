//! Fill, stroke and ripple of shapes.

use kinora_film::{
    Cap, Color, Drawing, FillRule, Geometry, Join, Node as DrawingNode, Paint, Shape, Stroke,
};

use crate::{
    change::Change,
    error::SetError,
    geometry::{
        outline::Outline,
        trim::{CurveProps, trimmed},
    },
    paint::{faded, paint},
    value::Input,
};

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

/// What a shape is drawn along.
pub(crate) struct Lines<'a, O, R> {
    pub curve: Option<&'a CurveProps>,
    /// The whole outline; `None` where there is nothing of it.
    pub outline: O,
    /// The outline of a ripple that has spread so far.
    pub ripple: R,
}

/// Ripple, fill, stroke and arrows of a shape.
pub(crate) fn drawings(
    props: &ShapeProps,
    lines: Lines<'_, impl FnOnce() -> Option<Outline>, impl FnOnce(f64) -> Option<Outline>>,
) -> Vec<Drawing> {
    let mut drawings = Vec::new();
    if props.ripple > 0.0 {
        drawings.extend(ripple(props, lines.ripple));
    }
    let fill = props.fill.clone();
    let stroke = props
        .stroke
        .clone()
        .and_then(|paint| props.stroke_of(paint));
    let default = CurveProps::default();
    let curve = lines.curve.unwrap_or(&default);
    let arrows = curve.start_arrow || curve.end_arrow;
    if fill.is_none() && stroke.is_none() && !arrows {
        return drawings;
    }
    let Some(outline) = (lines.outline)() else {
        return drawings;
    };
    let dashed = stroke
        .as_ref()
        .is_some_and(|stroke| !stroke.dash.is_empty());
    let drawn = trimmed(outline, curve, dashed);
    let outline = drawn.outline.into_geometry();
    if (fill.is_some() || stroke.is_some()) && !is_empty(&outline) {
        drawings.push(Drawing::new(DrawingNode::Shape(Shape {
            geometry: outline,
            fill,
            rule: FillRule::NonZero,
            stroke,
            stroke_first: props.stroke_first.unwrap_or(false),
            antialias: !props.aliased,
        })));
    }
    if !drawn.arrows.is_empty() {
        let paint = props.stroke.clone().unwrap_or(Paint::Solid(Color::BLACK));
        drawings.push(Drawing::new(DrawingNode::Shape(Shape {
            antialias: !props.aliased,
            ..Shape::filled(Geometry::Path(drawn.arrows), paint)
        })));
    }
    drawings
}

fn is_empty(geometry: &Geometry) -> bool {
    matches!(geometry, Geometry::Path(path) if path.elements().len() < 2)
}

/// The spreading, fading copy of a shape's fill.
fn ripple(props: &ShapeProps, outline: impl FnOnce(f64) -> Option<Outline>) -> Option<Drawing> {
    let strength = props.ripple.min(1.0);
    // The spread eases out exponentially to 50 units.
    let eased = if strength >= 1.0 {
        1.0
    } else {
        1.0 - libm::exp2(-10.0 * strength)
    };
    let outline = outline(50.0 * eased)?;
    let paint = props.fill.clone().unwrap_or(Paint::Solid(Color::BLACK));
    let opacity = 0.54 * (1.0 - strength);
    (opacity > 0.0).then(|| {
        Drawing::new(DrawingNode::Shape(Shape::filled(
            outline.into_geometry(),
            faded(&paint, opacity as f32),
        )))
    })
}
