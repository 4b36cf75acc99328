use kinora_film::Geometry;
use kurbo::{BezPath, Point, Rect, RoundedRect, RoundedRectRadii, Vec2};

use super::Outline;
use crate::{SetError, change::Change, value::Input};

/// How the corners of a rectangle look.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Corners {
    /// Top left, top right, bottom right, bottom left.
    pub radius: [f64; 4],
    pub smooth: bool,
    pub sharpness: f64,
}

impl Default for Corners {
    fn default() -> Self {
        Self {
            radius: [0.0; 4],
            smooth: false,
            sharpness: 0.6,
        }
    }
}

impl Corners {
    pub fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        use Change as C;
        Ok(match input.name {
            "radius" => C::put(&mut self.radius, input.or([0.0; 4], Input::four)?, C::OWN),
            "smoothCorners" => C::put(&mut self.smooth, input.or(false, Input::bool)?, C::OWN),
            "cornerSharpness" => C::put(&mut self.sharpness, input.or(0.6, Input::number)?, C::OWN),
            _ => None,
        })
    }

    /// The rectangle of this size around the origin, `spread` larger on all sides.
    pub fn outline(&self, size: Vec2, spread: f64) -> Outline {
        let rect = Rect::from_center_size(Point::ZERO, size.to_size()).inflate(spread, spread);
        let radius = self.radius.map(|radius| radius + spread);
        let smooth = self.smooth.then_some(self.sharpness);
        rounded_rect(rect, radius, smooth)
    }
}

/// A rectangle with rounded corners; `smooth` is the sharpness of cubic corners.
pub(crate) fn rounded_rect(rect: Rect, radius: [f64; 4], smooth: Option<f64>) -> Outline {
    let radius = limited(radius, rect.size().to_vec2());
    if radius == [0.0; 4] {
        return Outline::Simple(Geometry::Rect(rect));
    }
    match smooth {
        None => {
            let [tl, tr, br, bl] = radius;
            let radii = RoundedRectRadii::new(tl, tr, br, bl);
            Outline::Simple(Geometry::RoundedRect(RoundedRect::from_rect(rect, radii)))
        }
        Some(sharpness) => Outline::Path(corners_path(rect, radius, Some(sharpness))),
    }
}

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
fn limited(radius: [f64; 4], size: Vec2) -> [f64; 4] {
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
