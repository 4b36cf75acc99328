use kurbo::{BezPath, Point, Vec2};

/// An arc from `start` over `sweep` radians as cubic Béziers, each at most a
/// quarter turn; the path must already be at its start.
pub(crate) fn append_arc(path: &mut BezPath, center: Point, radii: Vec2, start: f64, sweep: f64) {
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
