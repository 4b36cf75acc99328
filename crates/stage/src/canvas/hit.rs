use kurbo::{Affine, BezPath, PathEl, Point, Shape as _, StrokeOpts};

use super::{
    calls::CanvasCalls,
    code::Code,
    ink::affine,
    outline::{Outline, next},
    play::CanvasError,
};

/// What of a path a point may lie in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inside {
    /// Where the path winds round it.
    NonZero,
    /// Where the path winds round it an odd number of times.
    EvenOdd,
    /// The path's line.
    Stroke,
}

/// Whether a point of the canvas lies in the path that is current after `calls`.
///
/// # Errors
/// When the calls are none that the runtime writes.
pub(crate) fn is_inside(
    calls: &CanvasCalls,
    point: Point,
    what: Inside,
) -> Result<bool, CanvasError> {
    let mut now = Now::default();
    let mut saved = Vec::new();
    let mut path = Outline::default();
    // The space in which the path is.
    let mut space = Affine::IDENTITY;
    let mut rest = &calls.numbers[..];
    while !rest.is_empty() {
        let (code, n, after) = next(rest).ok_or(CanvasError::Broken)?;
        rest = after;
        if !n.iter().all(|number| number.is_finite()) {
            continue;
        }
        match code {
            Code::Save => saved.push(now.clone()),
            Code::Restore => now = saved.pop().unwrap_or(now),
            Code::Transform => now.transform *= affine(n).ok_or(CanvasError::Broken)?,
            Code::SetTransform => now.transform = affine(n).ok_or(CanvasError::Broken)?,
            Code::BeginPath => {
                path = Outline::default();
                space = now.transform;
            }
            Code::LineWidth => now.stroke.width = n[0],
            Code::LineCap => {
                let cap = match n[0] as i64 {
                    1 => kurbo::Cap::Round,
                    2 => kurbo::Cap::Square,
                    _ => kurbo::Cap::Butt,
                };
                (now.stroke.start_cap, now.stroke.end_cap) = (cap, cap);
            }
            Code::LineJoin => {
                now.stroke.join = match n[0] as i64 {
                    1 => kurbo::Join::Round,
                    2 => kurbo::Join::Bevel,
                    _ => kurbo::Join::Miter,
                }
            }
            Code::MiterLimit => now.stroke.miter_limit = n[0],
            Code::LineDash if n.iter().any(|length| *length > 0.0) => {
                now.stroke.dash_pattern = n.into();
            }
            Code::LineDash => now.stroke.dash_pattern.clear(),
            Code::DashOffset => now.stroke.dash_offset = n[0],
            _ => {
                if now.transform != space && now.transform.determinant() != 0.0 {
                    path.transform(now.transform.inverse() * space);
                    space = now.transform;
                }
                match code {
                    Code::AddPath => path.calls_of(n),
                    _ => {
                        path.call(code, n);
                    }
                }
            }
        }
    }
    if space.determinant() == 0.0 {
        return Ok(false);
    }
    let path = path.into_path();
    let point = space.inverse() * point;
    Ok(match what {
        Inside::NonZero => closed(&path).winding(point) != 0,
        Inside::EvenOdd => closed(&path).winding(point) % 2 != 0,
        Inside::Stroke => {
            let line = kurbo::stroke(path, &now.stroke, &StrokeOpts::default(), 0.05);
            line.winding(point) != 0
        }
    })
}

/// What of the state a path's line needs.
#[derive(Clone)]
struct Now {
    transform: Affine,
    stroke: kurbo::Stroke,
}

impl Default for Now {
    fn default() -> Self {
        Self {
            transform: Affine::IDENTITY,
            stroke: kurbo::Stroke {
                miter_limit: 10.0,
                join: kurbo::Join::Miter,
                start_cap: kurbo::Cap::Butt,
                end_cap: kurbo::Cap::Butt,
                ..kurbo::Stroke::new(1.0)
            },
        }
    }
}

/// The path with all its subpaths closed, as they are filled.
fn closed(path: &BezPath) -> BezPath {
    let mut all = BezPath::new();
    let mut is_open = false;
    for element in path {
        if matches!(element, PathEl::MoveTo(_)) && is_open {
            all.close_path();
        }
        is_open = !matches!(element, PathEl::ClosePath);
        all.push(element);
    }
    if is_open {
        all.close_path();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A triangle that is not closed, under a transform, and something drawn with it.
    fn calls() -> CanvasCalls {
        let numbers = [
            &[2.0, 2.0, 0.0, 0.0, 2.0, 100.0, 0.0][..],
            &[4.0],
            &[5.0, 0.0, 0.0],
            &[6.0, 50.0, 0.0],
            &[6.0, 0.0, 50.0],
            &[14.0, 0.0],
            &[0.0],
            &[25.0, 4.0],
            &[18.0, 0.0, 0.0, 9.0, 9.0],
        ];
        CanvasCalls::new(numbers.concat(), Vec::new(), Vec::new(), Vec::new())
    }

    #[test]
    fn points_are_those_of_the_canvas() {
        let inside = |x, y, what| is_inside(&calls(), Point::new(x, y), what).unwrap();
        for what in [Inside::NonZero, Inside::EvenOdd] {
            assert!(inside(120.0, 20.0, what));
            assert!(!inside(190.0, 90.0, what));
            assert!(!inside(20.0, 20.0, what));
        }
    }

    #[test]
    fn a_line_is_as_wide_as_it_is_now() {
        let on = |x, y| is_inside(&calls(), Point::new(x, y), Inside::Stroke).unwrap();
        assert!(on(150.0, 3.0) && !on(150.0, 5.0));
        // The side that is not drawn.
        assert!(!on(100.0, 50.0));
    }
}
