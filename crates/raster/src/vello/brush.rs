//! Paints, strokes and blend modes in the rasteriser's terms.

use kinora_film::{
    Blend, Cap, Color, FillRule, Gradient, GradientKind, Join, Pattern, Repetition, Stroke,
};
use kurbo::{Affine, BezPath, PathEl, Point, Rect};
use vello_cpu::{
    ImageSource, PaintType,
    color::{AlphaColor, Srgb},
    kurbo,
    peniko::{
        BlendMode, ColorStop, Compose, Extend, Fill, Gradient as Ramp, GradientKind as RampKind,
        ImageQuality, ImageSampler, InterpolationAlphaSpace, LinearGradientPosition, Mix,
        RadialGradientPosition, SweepGradientPosition,
    },
};

use super::image::Image;

pub(super) fn color(color: Color, opacity: f32) -> AlphaColor<Srgb> {
    AlphaColor::new([color.r, color.g, color.b, color.a * opacity])
}

/// A colour ramp as a paint. A canvas paints nothing with a ramp that has no
/// stops or no extent; then there is none.
pub(super) fn gradient(gradient: &Gradient, opacity: f32) -> Option<PaintType> {
    let mut stops: Vec<ColorStop> = Vec::with_capacity(gradient.stops.len());
    let mut least = 0.0_f32;
    for stop in &gradient.stops {
        least = stop.offset.clamp(least, 1.0);
        stops.push(ColorStop {
            offset: least,
            color: color(stop.color, opacity).into(),
        });
    }
    if stops.is_empty() {
        return None;
    }
    let kind = match gradient.kind {
        GradientKind::Linear { from, to } => {
            if from == to {
                return None;
            }
            RampKind::Linear(LinearGradientPosition {
                start: from,
                end: to,
            })
        }
        GradientKind::Radial {
            from,
            from_radius,
            to,
            to_radius,
        } => {
            if from == to && from_radius == to_radius {
                return None;
            }
            RampKind::Radial(RadialGradientPosition {
                start_center: from,
                start_radius: from_radius.max(0.0) as f32,
                end_center: to,
                end_radius: to_radius.max(0.0) as f32,
            })
        }
        GradientKind::Conic { center, .. } => RampKind::Sweep(SweepGradientPosition {
            center,
            start_angle: 0.0,
            end_angle: std::f32::consts::TAU,
        }),
    };
    Some(PaintType::Gradient(Ramp {
        kind,
        // A canvas interpolates its ramps before premultiplication.
        interpolation_alpha_space: InterpolationAlphaSpace::Unpremultiplied,
        stops: stops.as_slice().into(),
        ..Ramp::default()
    }))
}

/// What places a ramp: a conic one is turned about its centre, because the
/// rasteriser's sweep begins and ends at the x axis.
pub(super) fn gradient_transform(kind: &GradientKind) -> Affine {
    match *kind {
        GradientKind::Conic { center, angle } => {
            let angle = angle.rem_euclid(std::f64::consts::TAU);
            let (sin, cos) = (libm::sin(angle), libm::cos(angle));
            let turn = Affine::new([cos, sin, -sin, cos, 0.0, 0.0]);
            Affine::translate(center.to_vec2()) * turn * Affine::translate(-center.to_vec2())
        }
        _ => Affine::IDENTITY,
    }
}

pub(super) fn pattern(pattern: &Pattern, picture: &Image, opacity: f32) -> PaintType {
    let (x, y) = match pattern.repetition {
        Repetition::Both => (Extend::Repeat, Extend::Repeat),
        Repetition::X => (Extend::Repeat, Extend::Pad),
        Repetition::Y => (Extend::Pad, Extend::Repeat),
        Repetition::None => (Extend::Pad, Extend::Pad),
    };
    image(
        picture,
        ImageSampler {
            x_extend: x,
            y_extend: y,
            quality: ImageQuality::Medium,
            alpha: opacity,
        },
    )
}

pub(super) fn image(picture: &Image, sampler: ImageSampler) -> PaintType {
    PaintType::Image(vello_cpu::Image {
        image: ImageSource::Pixmap(picture.pixmap()),
        sampler,
    })
}

/// The part of pattern space that a pattern fills; none for all of it. The
/// pattern itself measures `size`.
pub(super) fn pattern_extent(repetition: Repetition, size: (u32, u32)) -> Option<Rect> {
    const FAR: f64 = 1e6;
    let (width, height) = (f64::from(size.0), f64::from(size.1));
    match repetition {
        Repetition::Both => None,
        Repetition::X => Some(Rect::new(-FAR, 0.0, FAR, height)),
        Repetition::Y => Some(Rect::new(0.0, -FAR, width, FAR)),
        Repetition::None => Some(Rect::new(0.0, 0.0, width, height)),
    }
}

/// A stroke for an outline of about this length.
pub(super) fn stroke(stroke: &Stroke, length: f64) -> kurbo::Stroke {
    let cap = match stroke.cap {
        Cap::Butt => kurbo::Cap::Butt,
        Cap::Round => kurbo::Cap::Round,
        Cap::Square => kurbo::Cap::Square,
    };
    let join = match stroke.join {
        Join::Miter => kurbo::Join::Miter,
        Join::Round => kurbo::Join::Round,
        Join::Bevel => kurbo::Join::Bevel,
    };
    let mut result = kurbo::Stroke::new(stroke.width)
        .with_caps(cap)
        .with_join(join)
        .with_miter_limit(stroke.miter_limit);
    if let Some(dash) = dashes(stroke, length) {
        result = result.with_dashes(stroke.dash_offset, dash);
    }
    result
}

/// The dash pattern as a canvas takes it: an odd one is repeated once, and one
/// with a negative length or nothing but zeros is no pattern. Neither is one so
/// fine that nobody could tell it from a line.
fn dashes(stroke: &Stroke, length: f64) -> Option<Vec<f64>> {
    const MOST: f64 = 20_000.0;
    let total: f64 = stroke.dash.iter().sum();
    let sound = stroke.dash.iter().all(|dash| *dash >= 0.0) && total > 0.0;
    let count = length / total * stroke.dash.len() as f64;
    (sound && count < MOST).then(|| match stroke.dash.len() % 2 {
        0 => stroke.dash.clone(),
        _ => stroke.dash.repeat(2),
    })
}

/// About how long an outline is: never less than it is.
pub(super) fn length(path: &BezPath) -> f64 {
    let (mut total, mut last, mut start) = (0.0, Point::ZERO, Point::ZERO);
    let mut to = |point: Point| {
        total += last.distance(point);
        last = point;
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(point) => {
                start = point;
                to(point);
            }
            PathEl::LineTo(point) => to(point),
            PathEl::QuadTo(a, point) => [a, point].into_iter().for_each(&mut to),
            PathEl::CurveTo(a, b, point) => [a, b, point].into_iter().for_each(&mut to),
            PathEl::ClosePath => to(start),
        }
    }
    total
}

pub(super) fn fill_rule(rule: FillRule) -> Fill {
    match rule {
        FillRule::NonZero => Fill::NonZero,
        FillRule::EvenOdd => Fill::EvenOdd,
    }
}

pub(super) fn blend(blend: Blend) -> BlendMode {
    let mix = |mix: Mix| BlendMode::new(mix, Compose::SrcOver);
    let compose = |compose: Compose| BlendMode::new(Mix::Normal, compose);
    match blend {
        Blend::SourceOver => compose(Compose::SrcOver),
        Blend::SourceIn => compose(Compose::SrcIn),
        Blend::SourceOut => compose(Compose::SrcOut),
        Blend::SourceAtop => compose(Compose::SrcAtop),
        Blend::DestinationOver => compose(Compose::DestOver),
        Blend::DestinationIn => compose(Compose::DestIn),
        Blend::DestinationOut => compose(Compose::DestOut),
        Blend::DestinationAtop => compose(Compose::DestAtop),
        Blend::Lighter => compose(Compose::PlusLighter),
        Blend::Copy => compose(Compose::Copy),
        Blend::Xor => compose(Compose::Xor),
        Blend::Multiply => mix(Mix::Multiply),
        Blend::Screen => mix(Mix::Screen),
        Blend::Overlay => mix(Mix::Overlay),
        Blend::Darken => mix(Mix::Darken),
        Blend::Lighten => mix(Mix::Lighten),
        Blend::ColorDodge => mix(Mix::ColorDodge),
        Blend::ColorBurn => mix(Mix::ColorBurn),
        Blend::HardLight => mix(Mix::HardLight),
        Blend::SoftLight => mix(Mix::SoftLight),
        Blend::Difference => mix(Mix::Difference),
        Blend::Exclusion => mix(Mix::Exclusion),
        Blend::Hue => mix(Mix::Hue),
        Blend::Saturation => mix(Mix::Saturation),
        Blend::Color => mix(Mix::Color),
        Blend::Luminosity => mix(Mix::Luminosity),
    }
}
