use kurbo::{BezPath, Point, Vec2};

use super::arc::append_arc;

/// Straight lines through the points, corners rounded by `radius` as far as half
/// of either side allows (all of it at the two ends).
pub(crate) fn polyline(points: &[Point], radius: f64) -> BezPath {
    let mut path = BezPath::new();
    let Some(first) = points.first() else {
        return path;
    };
    path.move_to(*first);
    let mut at = *first;
    let last = points.len() - 1;
    for corner in 1..points.len() {
        if corner == last || radius <= 0.0 {
            line_to(&mut path, &mut at, points[corner]);
            continue;
        }
        let reach = [
            if corner == 1 { 1.0 } else { 0.5 },
            if corner + 1 == last { 1.0 } else { 0.5 },
        ];
        let sides = [points[corner - 1], points[corner + 1]];
        round_corner(&mut path, &mut at, points[corner], sides, reach, radius);
    }
    path
}

/// As [`polyline`], back to the first point; it begins in the middle of the side
/// that closes it.
pub(crate) fn closed_polyline(points: &[Point], radius: f64) -> BezPath {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return BezPath::new();
    };
    let middle = first.midpoint(*last);
    let around: Vec<Point> = std::iter::once(middle)
        .chain(points.iter().copied())
        .chain(std::iter::once(middle))
        .collect();
    let mut path = polyline(&around, radius);
    path.close_path();
    path
}

fn line_to(path: &mut BezPath, at: &mut Point, to: Point) {
    if *at != to {
        path.line_to(to);
        *at = to;
    }
}

fn round_corner(
    path: &mut BezPath,
    at: &mut Point,
    corner: Point,
    sides: [Point; 2],
    reach: [f64; 2],
    radius: f64,
) {
    let [back, on] = sides.map(|side| side - corner);
    let (back_length, on_length) = (back.hypot(), on.hypot());
    if back_length == 0.0 || on_length == 0.0 {
        return line_to(path, at, corner);
    }
    let (back, on) = (back / back_length, on / on_length);
    let angle = libm::acos(back.dot(on).clamp(-1.0, 1.0));
    let (tan, sin) = (libm::tan(angle / 2.0), libm::sin(angle / 2.0));
    let radius = radius
        .min(tan * back_length * reach[0])
        .min(tan * on_length * reach[1]);
    let middle = back + on;
    if radius <= 0.0 || sin == 0.0 || tan == 0.0 || middle.hypot() < 1e-9 {
        return line_to(path, at, corner);
    }
    let center = corner + middle / middle.hypot() * (radius / sin);
    let from = corner + back * (radius / tan);
    let to = corner + on * (radius / tan);
    line_to(path, at, from);
    let turn = std::f64::consts::PI - angle;
    let clockwise = back.cross(on) < 0.0;
    let start = libm::atan2(from.y - center.y, from.x - center.x);
    let sweep = if clockwise { turn } else { -turn };
    append_arc(path, center, Vec2::new(radius, radius), start, sweep);
    *at = to;
}

#[cfg(test)]
mod tests {
    use kurbo::{ParamCurve as _, PathEl, Shape as _};

    use super::*;

    fn points(list: &[(f64, f64)]) -> Vec<Point> {
        list.iter().map(|(x, y)| Point::new(*x, *y)).collect()
    }

    #[test]
    fn a_corner_is_a_quarter_circle_of_the_radius() {
        for (end, middle) in [(100.0, (92.929, 7.071)), (-100.0, (92.929, -7.071))] {
            let path = polyline(
                &points(&[(0.0, 0.0), (100.0, 0.0), (100.0, end)]),
                24.142_136,
            );
            // 0..100 minus the radius, a quarter of 2πr, and the rest.
            let length = 75.857_864 * 2.0 + 24.142_136 * std::f64::consts::FRAC_PI_2;
            assert!((path.perimeter(1e-6) - length).abs() < 1e-2);
            // The arc's middle lies r(√2 - 1) = 10 from the corner.
            let arc = path.segments().nth(1).unwrap().eval(0.5);
            assert!(
                (arc - Point::new(middle.0, middle.1)).hypot() < 0.01,
                "{arc:?}"
            );
        }
    }

    #[test]
    fn a_radius_ends_at_half_of_an_inner_side() {
        let zigzag = points(&[(0.0, 0.0), (100.0, 0.0), (100.0, 40.0), (200.0, 40.0)]);
        let path = polyline(&zigzag, 500.0);
        // Both corners share the side of 40: radius 20 each.
        assert_eq!(path.elements()[1], PathEl::LineTo(Point::new(80.0, 0.0)));
    }

    #[test]
    fn a_closed_line_begins_in_the_middle_of_its_last_side() {
        let square = points(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]);
        let path = closed_polyline(&square, 0.0);
        assert_eq!(path.elements()[0], PathEl::MoveTo(Point::new(0.0, 5.0)));
        assert!((path.perimeter(1e-6) - 40.0).abs() < 1e-9);
    }
}
