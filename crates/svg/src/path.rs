use kinora_film::{Cap, FillRule, Join, Paint, Stroke};
use kurbo::{Affine, BezPath, Rect};
use resvg::{
    tiny_skia::{self, PathSegment},
    usvg,
};

/// A path as films have it.
pub fn path(data: &tiny_skia::Path) -> BezPath {
    let point = |p: tiny_skia::Point| (f64::from(p.x), f64::from(p.y));
    let mut path = BezPath::new();
    for segment in data.segments() {
        match segment {
            PathSegment::MoveTo(p) => path.move_to(point(p)),
            PathSegment::LineTo(p) => path.line_to(point(p)),
            PathSegment::QuadTo(a, p) => path.quad_to(point(a), point(p)),
            PathSegment::CubicTo(a, b, p) => path.curve_to(point(a), point(b), point(p)),
            PathSegment::Close => path.close_path(),
        }
    }
    path
}

pub fn affine(transform: usvg::Transform) -> Affine {
    let usvg::Transform {
        sx,
        kx,
        ky,
        sy,
        tx,
        ty,
    } = transform;
    Affine::new([sx, ky, kx, sy, tx, ty].map(f64::from))
}

pub fn transform(affine: Affine) -> usvg::Transform {
    let [a, b, c, d, e, f] = affine.as_coeffs().map(|number| number as f32);
    usvg::Transform::from_row(a, b, c, d, e, f)
}

pub fn rect(rect: usvg::Rect) -> Rect {
    let [x0, y0, x1, y1] = [rect.left(), rect.top(), rect.right(), rect.bottom()].map(f64::from);
    Rect::new(x0, y0, x1, y1)
}

pub fn rule(rule: usvg::FillRule) -> FillRule {
    match rule {
        usvg::FillRule::NonZero => FillRule::NonZero,
        usvg::FillRule::EvenOdd => FillRule::EvenOdd,
    }
}

/// A line of `paint` as `stroke` says.
pub fn stroke(stroke: &usvg::Stroke, paint: Paint) -> Stroke {
    let dash = stroke.dasharray().unwrap_or_default();
    Stroke {
        paint,
        width: f64::from(stroke.width().get()),
        join: match stroke.linejoin() {
            usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => Join::Miter,
            usvg::LineJoin::Round => Join::Round,
            usvg::LineJoin::Bevel => Join::Bevel,
        },
        cap: match stroke.linecap() {
            usvg::LineCap::Butt => Cap::Butt,
            usvg::LineCap::Round => Cap::Round,
            usvg::LineCap::Square => Cap::Square,
        },
        miter_limit: f64::from(stroke.miterlimit().get()),
        dash: dash.iter().map(|length| f64::from(*length)).collect(),
        dash_offset: f64::from(stroke.dashoffset()),
    }
}

/// What a line covers, as an outline.
pub fn outlined(path: &BezPath, stroke: &Stroke) -> BezPath {
    let style = kurbo::Stroke {
        width: stroke.width,
        join: match stroke.join {
            Join::Miter => kurbo::Join::Miter,
            Join::Round => kurbo::Join::Round,
            Join::Bevel => kurbo::Join::Bevel,
        },
        miter_limit: stroke.miter_limit,
        dash_pattern: stroke.dash.iter().copied().collect(),
        dash_offset: stroke.dash_offset,
        ..kurbo::Stroke::default()
    };
    let cap = match stroke.cap {
        Cap::Butt => kurbo::Cap::Butt,
        Cap::Round => kurbo::Cap::Round,
        Cap::Square => kurbo::Cap::Square,
    };
    let tolerance = (stroke.width * 1e-3).max(1e-4);
    kurbo::stroke(
        path,
        &style.with_caps(cap),
        &kurbo::StrokeOpts::default(),
        tolerance,
    )
}
