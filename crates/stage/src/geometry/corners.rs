use kurbo::{BezPath, Point, Rect, Vec2};

/// The path of a rectangle, clockwise from the top edge's left end; `smooth` is
/// the sharpness of cubic corners.
pub(super) fn corners_path(rect: Rect, radius: [f64; 4], smooth: Option<f64>) -> BezPath {
    // How far the handles of a cubic quarter circle lie from the corner, in radii.
    const CIRCLE: f64 = 1.0 - 0.552_284_749_830_793_4;
    let handle = smooth.map_or(CIRCLE, |sharpness| 1.0 - sharpness);
    let (right, down) = (Vec2::new(1.0, 0.0), Vec2::new(0.0, 1.0));
    let [tl, tr, br, bl] = radius;
    let mut path = BezPath::new();
    path.move_to(Point::new(rect.x0 + tl, rect.y0));
    let corners = [
        (Point::new(rect.x1, rect.y0), tr, right, down),
        (Point::new(rect.x1, rect.y1), br, down, -right),
        (Point::new(rect.x0, rect.y1), bl, -right, -down),
        (Point::new(rect.x0, rect.y0), tl, -down, right),
    ];
    for (corner, radius, inward, outward) in corners {
        path.line_to(corner - inward * radius);
        if radius > 0.0 {
            path.curve_to(
                corner - inward * (radius * handle),
                corner + outward * (radius * handle),
                corner + outward * radius,
            );
        }
    }
    path.close_path();
    path
}

/// Radii that fit: two that share a side divide it in their proportion.
pub(super) fn limited(radius: [f64; 4], size: Vec2) -> [f64; 4] {
    let fit = |own: f64, other: f64, side: f64| {
        if own + other > side {
            side * own / (own + other)
        } else {
            own
        }
    };
    let [tl, tr, br, bl] = radius.map(|radius| radius.max(0.0));
    let limit =
        |own, across, down| f64::min(fit(own, across, size.x), fit(own, down, size.y)).max(0.0);
    [
        limit(tl, tr, bl),
        limit(tr, tl, br),
        limit(br, bl, tr),
        limit(bl, br, tl),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radii_that_share_a_side_divide_it() {
        // 60 + 60 on a side of 100: 50 each; 20 fits beside 60 on a side of 200.
        let size = Vec2::new(100.0, 200.0);
        assert_eq!(
            limited([60.0, 60.0, 20.0, 0.0], size),
            [50.0, 50.0, 20.0, 0.0]
        );
        assert_eq!(limited([500.0; 4], Vec2::new(100.0, 40.0)), [20.0; 4]);
    }

    #[test]
    fn smooth_corners_have_handles_at_their_sharpness() {
        let rect = Rect::new(0.0, 0.0, 100.0, 100.0);
        let path = corners_path(rect, [10.0; 4], Some(0.6));
        let kurbo::PathEl::CurveTo(a, b, to) = path.elements()[2] else {
            panic!("the second element draws the corner");
        };
        assert_eq!(
            path.elements()[1],
            kurbo::PathEl::LineTo(Point::new(90.0, 0.0))
        );
        assert_eq!((a, b), (Point::new(96.0, 0.0), Point::new(100.0, 4.0)));
        assert_eq!(to, Point::new(100.0, 10.0));
    }
}
