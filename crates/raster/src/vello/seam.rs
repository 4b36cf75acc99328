//! Keeping outlines off the right edge of what is drawn in one go.
//!
//! The rasteriser (`vello_common` 0.3) leaves out lines right of its cells of four
//! pixels, but not those that begin exactly on the edge of the last one: such a
//! line gets a cell of its own outside. Where the shape goes on to the right, the
//! fill that ends at the edge then ends before it begins, and cutting it to a
//! clip panics. A round clip in the middle of the canvas has its highest point on
//! such an edge.

use kinora_film::Geometry;
use kurbo::{Affine, BezPath, ParamCurve as _, Point, Rect};

/// Sides of the rasteriser's cells in pixels.
const CELL: usize = 4;
/// What is as close as this may be on the edge, in numbers of 32 bits.
const NEAR: f64 = 1.0 / 4096.0;
/// How far an outline is moved: less than a level of coverage in 255.
const STEP: f64 = 1.0 / 512.0;
/// How often it is moved before it is left where it is.
const STEPS: u32 = 64;

/// `transform`, moved by a fraction of a pixel if it would put a point of `path`,
/// which goes on beyond, on the right edge of a view of `width` pixels.
pub(super) fn off_edge(path: &BezPath, transform: Affine, width: usize) -> Affine {
    let edge = width.next_multiple_of(CELL) as f64;
    let [a, _, c, _, e, _] = transform.as_coeffs();
    let across = |point: Point| a * point.x + c * point.y + e;
    let mut near = Vec::new();
    let mut furthest = f64::NEG_INFINITY;
    // Lines that curves are made of most often end at these parts of them.
    for part in path.segments() {
        for at in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let x = across(part.eval(at));
            furthest = furthest.max(x);
            if (x - edge).abs() < STEP * f64::from(STEPS + 1) {
                near.push(x);
            }
        }
    }
    if furthest <= edge {
        return transform;
    }
    let free = |shift: &f64| near.iter().all(|x| (x + shift - edge).abs() > NEAR);
    let shift = (0..STEPS).map(|count| f64::from(count) * STEP).find(free);
    Affine::translate((shift.unwrap_or(0.0), 0.0)) * transform
}

/// The same for a simple outline: an upright rectangle has no such points.
pub(super) fn off_edge_of(geometry: &Geometry, transform: Affine, width: usize) -> Affine {
    let [_, b, c, ..] = transform.as_coeffs();
    match geometry {
        Geometry::Rect(_) if b == 0.0 && c == 0.0 => transform,
        geometry => off_edge(&geometry.to_path(), transform, width),
    }
}

/// The same for something in `bounds` whose outline is not at hand.
pub(super) fn off_edge_within(bounds: Rect, transform: Affine, width: usize) -> Affine {
    let edge = width.next_multiple_of(CELL) as f64;
    let bounds = transform.transform_rect_bbox(bounds);
    match bounds.x0 <= edge && edge <= bounds.x1 {
        // No whole number of steps: what was beside the edge is not moved onto it.
        true => Affine::translate((STEP * 0.618, 0.0)) * transform,
        false => transform,
    }
}

#[cfg(test)]
mod tests {
    use kurbo::{RoundedRect, Shape as _};

    use super::*;

    fn shift(path: &BezPath, x: f64, width: usize) -> f64 {
        let moved = off_edge(path, Affine::translate((x, 0.0)), width);
        moved.translation().x - x
    }

    #[test]
    fn a_circle_whose_middle_is_on_the_edge_is_moved() {
        let circle = RoundedRect::new(-50.0, -50.0, 50.0, 50.0, 50.0).to_path(1e-3);
        assert_eq!(shift(&circle, 212.0, 212), STEP);
        // The edge is that of the last cell of four pixels.
        assert_eq!(shift(&circle, 212.0, 210), STEP);
        assert_eq!(shift(&circle, 210.0, 210), 0.0);
        assert_eq!(shift(&circle, 212.5, 212), 0.0);
        // This one ends at the edge.
        assert_eq!(shift(&circle, 162.0, 212), 0.0);
    }

    #[test]
    fn a_point_is_not_moved_onto_the_edge_for_another() {
        let path = BezPath::from_svg("M0,0 L9,9 L-0.001953125,20 Z").unwrap();
        assert_eq!(shift(&path, 8.0, 8), 2.0 * STEP);
    }

    #[test]
    fn only_what_lies_across_the_edge_is_moved() {
        let at = |x: f64| {
            let bounds = Rect::new(x, 0.0, x + 10.0, 10.0);
            off_edge_within(bounds, Affine::IDENTITY, 16) != Affine::IDENTITY
        };
        assert_eq!([5.0, 6.0, 10.0, 17.0].map(at), [false, true, true, false]);
    }
}
