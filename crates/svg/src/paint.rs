//! What fills and outlines a path.

use kinora_film::{
    Color, FillRule, Geometry, Gradient, GradientKind, GradientStop, Paint, Shape, Stroke,
};
use kurbo::{Affine, BezPath, Point, Rect, Shape as _, Vec2};
use resvg::usvg::{self, BaseGradient, Opacity, PaintOrder, SpreadMethod};

use crate::path;

/// How often a repeating gradient is repeated to a side, at most.
const MOST_REPEATS: i32 = 64;

/// A shape, and the space it is in if that is not its path's.
pub struct Under {
    pub shape: Shape,
    pub transform: Option<Affine>,
}

/// A path's fill and line, in the order in which they are drawn.
pub struct Painted {
    pub shapes: Vec<Under>,
    /// Whether all of them have the path's own outline and space.
    pub plain: bool,
}

/// What a path draws; `None` for what a film cannot express.
pub fn shapes(part: &usvg::Path) -> Option<Painted> {
    let outline = path::path(part.data());
    let antialias = part.rendering_mode().use_shape_antialiasing();
    let mut plain = true;
    let fill = match part.fill() {
        Some(fill) => {
            let rule = path::rule(fill.rule());
            let paint = paint(fill.paint(), fill.opacity(), outline.bounding_box())?;
            paint.map(|paint| {
                plain &= paint.1.is_none();
                filled(&outline, rule, paint, antialias)
            })
        }
        None => None,
    };
    let line = match part.stroke() {
        Some(stroke) => {
            let reach = f64::from(stroke.width().get())
                * f64::from(stroke.miterlimit().get()).max(1.5)
                / 2.0;
            let bounds = outline.bounding_box().inflate(reach, reach);
            let paint = paint(stroke.paint(), stroke.opacity(), bounds)?;
            paint.map(|(paint, transform)| {
                plain &= transform.is_none();
                let stroke = path::stroke(stroke, paint.clone());
                match transform {
                    // A line in a stretched space would be stretched itself.
                    Some(_) => filled(
                        &path::outlined(&outline, &stroke),
                        FillRule::NonZero,
                        (paint, transform),
                        antialias,
                    ),
                    None => lined(&outline, stroke, antialias),
                }
            })
        }
        None => None,
    };
    let shapes = match part.paint_order() {
        PaintOrder::FillAndStroke => [fill, line],
        PaintOrder::StrokeAndFill => [line, fill],
    };
    Some(Painted {
        shapes: shapes.into_iter().flatten().collect(),
        plain,
    })
}

fn filled(
    outline: &BezPath,
    rule: FillRule,
    (paint, transform): (Paint, Option<Affine>),
    antialias: bool,
) -> Under {
    let outline = match transform {
        Some(transform) => transform.inverse() * outline.clone(),
        None => outline.clone(),
    };
    Under {
        shape: Shape {
            rule,
            antialias,
            ..Shape::filled(Geometry::Path(outline), paint)
        },
        transform,
    }
}

fn lined(outline: &BezPath, stroke: Stroke, antialias: bool) -> Under {
    Under {
        shape: Shape {
            geometry: Geometry::Path(outline.clone()),
            fill: None,
            rule: FillRule::NonZero,
            stroke: Some(stroke),
            stroke_first: false,
            antialias,
        },
        transform: None,
    }
}

type Placed = (Paint, Option<Affine>);

/// A paint, and the space it is in if that is not the shape's; the outer `None` for
/// what a film cannot express, the inner for what leaves nothing to see.
fn paint(paint: &usvg::Paint, opacity: Opacity, bounds: Rect) -> Option<Option<Placed>> {
    let opacity = opacity.get();
    Some(match paint {
        usvg::Paint::Color(color) => Some((Paint::Solid(self::color(*color, opacity)), None)),
        usvg::Paint::LinearGradient(gradient) => linear(gradient, opacity, bounds),
        usvg::Paint::RadialGradient(gradient) => radial(gradient, opacity, bounds),
        usvg::Paint::Pattern(_) => return None,
    })
}

fn color(color: usvg::Color, opacity: f32) -> Color {
    Color::from_rgba8([color.red, color.green, color.blue, 255]).faded(opacity)
}

fn stops(gradient: &BaseGradient, opacity: f32) -> Vec<GradientStop> {
    let stops = gradient.stops().iter();
    stops
        .map(|stop| GradientStop {
            offset: stop.offset().get(),
            color: color(stop.color(), stop.opacity().get() * opacity),
        })
        .collect()
}

/// The one colour of a gradient that leads nowhere.
fn last(stops: &[GradientStop]) -> Option<Placed> {
    Some((Paint::Solid(stops.last()?.color), None))
}

/// A linear gradient stays one in whatever space: only where its ends lie changes.
fn linear(gradient: &usvg::LinearGradient, opacity: f32, bounds: Rect) -> Option<Placed> {
    let stops = stops(gradient, opacity);
    let at = |x: f32, y: f32| Point::new(f64::from(x), f64::from(y));
    let (from, to) = (
        at(gradient.x1(), gradient.y1()),
        at(gradient.x2(), gradient.y2()),
    );
    let transform = path::affine(gradient.transform());
    let along = to - from;
    if along.hypot2() == 0.0 || transform.determinant() == 0.0 {
        return last(&stops);
    }
    let [a, b, c, d, ..] = transform.inverse().as_coeffs();
    let along = along / along.hypot2();
    let slope = Vec2::new(a * along.x + b * along.y, c * along.x + d * along.y);
    let from = transform * from;
    let step = slope / slope.hypot2();
    let reach = corners(bounds).map(|corner| (corner - from).dot(slope));
    let (stops, first, last) = spread(gradient.spread_method(), stops, reach);
    let kind = GradientKind::Linear {
        from: from + step * f64::from(first),
        to: from + step * f64::from(last),
    };
    Some((Paint::Gradient(Gradient { kind, stops }), None))
}

fn radial(gradient: &usvg::RadialGradient, opacity: f32, bounds: Rect) -> Option<Placed> {
    let stops = stops(gradient, opacity);
    let transform = path::affine(gradient.transform());
    if transform.determinant() == 0.0 || gradient.r().get() == 0.0 {
        return last(&stops);
    }
    let at = |x: f32, y: f32| Point::new(f64::from(x), f64::from(y));
    let (from, to) = (
        at(gradient.fx(), gradient.fy()),
        at(gradient.cx(), gradient.cy()),
    );
    let (from_radius, to_radius) = (
        f64::from(gradient.fr().get()),
        f64::from(gradient.r().get()),
    );
    let inner = transform.inverse();
    let grows = (to_radius - from_radius - (to - from).hypot()).max(to_radius * 0.05);
    let reach = corners(bounds).map(|corner| ((inner * corner) - from).hypot() / grows);
    let (stops, first, last) = spread(gradient.spread_method(), stops, reach.map(|it| it.max(0.0)));
    let circle = |at: i32| {
        let at = f64::from(at);
        (
            from + (to - from) * at,
            from_radius + (to_radius - from_radius) * at,
        )
    };
    let ((from, from_radius), (to, to_radius)) = (circle(first.max(0)), circle(last));
    let kind = GradientKind::Radial {
        from,
        from_radius,
        to,
        to_radius,
    };
    let is_own = transform == Affine::IDENTITY;
    Some((
        Paint::Gradient(Gradient { kind, stops }),
        (!is_own).then_some(transform),
    ))
}

fn corners(rect: Rect) -> [Point; 4] {
    [
        Point::new(rect.x0, rect.y0),
        Point::new(rect.x1, rect.y0),
        Point::new(rect.x1, rect.y1),
        Point::new(rect.x0, rect.y1),
    ]
}

/// The stops as often as a shape that reaches so far shows them, and between which
/// whole turns they lie now.
fn spread(
    method: SpreadMethod,
    stops: Vec<GradientStop>,
    reach: [f64; 4],
) -> (Vec<GradientStop>, i32, i32) {
    if method == SpreadMethod::Pad {
        return (stops, 0, 1);
    }
    let least = reach.iter().copied().fold(0.0, f64::min).floor();
    let most = reach.iter().copied().fold(1.0, f64::max).ceil();
    let first = (least as i32).max(-MOST_REPEATS);
    let last = (most as i32).min(MOST_REPEATS);
    let turns = (last - first) as f32;
    let mut all = Vec::with_capacity(stops.len() * turns as usize);
    for turn in first..last {
        let base = (turn - first) as f32;
        let turned = method == SpreadMethod::Reflect && turn.rem_euclid(2) == 1;
        let place = |stop: &GradientStop, offset: f32| GradientStop {
            offset: ((base + offset) / turns).clamp(0.0, 1.0),
            color: stop.color,
        };
        let edge = |offset: f32, stop: Option<&GradientStop>| stop.map(|stop| place(stop, offset));
        if turned {
            all.extend(edge(0.0, stops.last()));
            all.extend(
                stops
                    .iter()
                    .rev()
                    .map(|stop| place(stop, 1.0 - stop.offset)),
            );
            all.extend(edge(1.0, stops.first()));
        } else {
            all.extend(edge(0.0, stops.first()));
            all.extend(stops.iter().map(|stop| place(stop, stop.offset)));
            all.extend(edge(1.0, stops.last()));
        }
    }
    (all, first, last)
}
