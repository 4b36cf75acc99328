//! How far drawn things reach.

use kinora_film::{Geometry, GlyphRun, Join, Shape, Stroke};
use kurbo::Rect;

use crate::font::Extent;

/// The box around a shape with its stroke, in its own space.
pub(crate) fn shape(shape: &Shape) -> Rect {
    let outline = shape.geometry.bounding_box();
    match &shape.stroke {
        Some(stroke) => {
            let reach = stroke_reach(stroke, is_smooth(&shape.geometry));
            outline.inflate(reach, reach)
        }
        None => outline,
    }
}

/// The box around a run of glyphs with its stroke, in its own space.
pub(crate) fn glyphs(run: &GlyphRun, extent: Extent) -> Rect {
    let mut origins: Option<Rect> = None;
    for glyph in &run.glyphs {
        let point = kurbo::Point::new(glyph.x.into(), glyph.y.into());
        origins = Some(match origins {
            Some(rect) => rect.union_pt(point),
            None => Rect::from_points(point, point),
        });
    }
    let Some(origins) = origins else {
        return Rect::ZERO;
    };
    let size = f64::from(run.size);
    let height = extent.top.max(extent.bottom) * size;
    let slant = libm::tan(f64::from(run.skew).to_radians()).abs().min(10.0) * height;
    let mut reach = f64::from(run.embolden).abs() + 1.0;
    if let Some(stroke) = &run.stroke {
        reach += stroke_reach(stroke, false);
    }
    Rect::new(
        origins.x0 - extent.left * size - slant - reach,
        origins.y0 - extent.top * size - reach,
        origins.x1 + extent.right * size + slant + reach,
        origins.y1 + extent.bottom * size + reach,
    )
}

/// Whether no corner of the outline can reach further than half the stroke's
/// width beyond the outline's box.
fn is_smooth(geometry: &Geometry) -> bool {
    !matches!(geometry, Geometry::Path(_))
}

fn stroke_reach(stroke: &Stroke, smooth: bool) -> f64 {
    let half = stroke.width.max(0.0) / 2.0;
    // A miter of a right angle and a square cap reach this far along each axis.
    let dashed = !stroke.dash.is_empty();
    let square = if smooth && !dashed {
        1.0
    } else {
        std::f64::consts::SQRT_2
    };
    let miter = match stroke.join {
        Join::Miter if !smooth => stroke.miter_limit,
        _ => 1.0,
    };
    half * square.max(miter)
}

#[cfg(test)]
mod tests {
    use kinora_film::{Color, Paint};

    use super::*;

    fn stroke(width: f64) -> Stroke {
        Stroke::new(Paint::Solid(Color::WHITE), width)
    }

    #[test]
    fn a_rectangle_reaches_half_its_stroke_further() {
        let rect = Rect::new(10.0, 10.0, 20.0, 20.0);
        let mut subject = Shape::filled(Geometry::Rect(rect), Paint::Solid(Color::WHITE));
        assert_eq!(super::shape(&subject), rect);
        subject.stroke = Some(stroke(4.0));
        assert_eq!(super::shape(&subject), rect.inflate(2.0, 2.0));
    }

    #[test]
    fn a_path_reaches_as_far_as_its_longest_miter() {
        let path = "M0,0 L10,0 L0,1".parse_path();
        let mut subject = Shape::filled(Geometry::Path(path), Paint::Solid(Color::WHITE));
        subject.stroke = Some(stroke(2.0));
        assert_eq!(
            super::shape(&subject),
            Rect::new(0.0, 0.0, 10.0, 1.0).inflate(10.0, 10.0)
        );
    }

    trait ParsePath {
        fn parse_path(&self) -> kurbo::BezPath;
    }

    impl ParsePath for str {
        fn parse_path(&self) -> kurbo::BezPath {
            kurbo::BezPath::from_svg(self).unwrap()
        }
    }
}
