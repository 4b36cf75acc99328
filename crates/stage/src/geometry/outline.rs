use kinora_film::Geometry;
use kurbo::{BezPath, PathEl, Point, Rect, RoundedRect, RoundedRectRadii, Vec2};

use super::{
    arc::append_arc,
    corners::{corners_path, limited},
};

/// An outline, simple where it can be.
#[derive(Clone, Debug)]
pub(crate) enum Outline {
    Simple(Geometry),
    Path(BezPath),
}

impl Outline {
    /// Nothing.
    pub fn empty() -> Self {
        Self::Path(BezPath::new())
    }

    /// A rectangle with rounded corners; `smooth` is the sharpness of cubic corners.
    pub fn rounded_rect(rect: Rect, radius: [f64; 4], smooth: Option<f64>) -> Self {
        let radius = limited(radius, rect.size().to_vec2());
        if radius == [0.0; 4] {
            return Self::Simple(Geometry::Rect(rect));
        }
        // A renderer's rounded rectangle knows no radius of more than half a side.
        let half = rect.width().min(rect.height()) / 2.0;
        match smooth {
            None if radius.iter().all(|radius| *radius <= half) => {
                let [tl, tr, br, bl] = radius;
                let radii = RoundedRectRadii::new(tl, tr, br, bl);
                Self::Simple(Geometry::RoundedRect(RoundedRect::from_rect(rect, radii)))
            }
            smooth => Self::Path(corners_path(rect, radius, smooth)),
        }
    }

    /// What a renderer takes.
    pub fn into_geometry(self) -> Geometry {
        match self {
            Self::Simple(geometry) => geometry,
            Self::Path(path) => Geometry::Path(path),
        }
    }

    /// The path in the order in which it is trimmed and dashed.
    pub fn path(&self) -> BezPath {
        match self {
            Self::Path(path) => path.clone(),
            Self::Simple(Geometry::Rect(rect)) => corners_path(*rect, [0.0; 4], None),
            Self::Simple(Geometry::RoundedRect(rounded)) => {
                let radii = rounded.radii();
                let radius = [
                    radii.top_left,
                    radii.top_right,
                    radii.bottom_right,
                    radii.bottom_left,
                ];
                corners_path(rounded.rect(), radius, None)
            }
            Self::Simple(Geometry::Ellipse(ellipse)) => {
                let (center, radii) = (ellipse.center(), ellipse.radii());
                let mut path = BezPath::new();
                path.move_to(center + Vec2::new(radii.x, 0.0));
                append_arc(&mut path, center, radii, 0.0, std::f64::consts::TAU);
                path
            }
            Self::Simple(Geometry::Path(path)) => path.clone(),
        }
    }
}

/// A path as commands: each a number, then its coordinates.
pub(crate) fn commands(path: &BezPath) -> Vec<f64> {
    let mut numbers = Vec::with_capacity(path.elements().len() * 4);
    for element in path {
        let (command, points): (f64, &[Point]) = match &element {
            PathEl::MoveTo(p) => (0.0, &[*p]),
            PathEl::LineTo(p) => (1.0, &[*p]),
            PathEl::QuadTo(a, p) => (2.0, &[*a, *p]),
            PathEl::CurveTo(a, b, p) => (3.0, &[*a, *b, *p]),
            PathEl::ClosePath => (4.0, &[]),
        };
        numbers.push(command);
        numbers.extend(points.iter().flat_map(|point| [point.x, point.y]));
    }
    numbers
}

#[cfg(test)]
mod tests {
    use kurbo::Shape as _;

    use super::*;

    #[test]
    fn a_radius_may_be_as_long_as_a_side_where_its_neighbours_leave_room() {
        let rect = Rect::new(-150.0, -100.0, 150.0, 100.0);
        let outline = Outline::rounded_rect(rect, [0.0, 100.0, 30.0, 200.0], None);
        // Each corner takes r²(1 - π/4) off.
        let cut =
            (100.0 * 100.0 + 30.0 * 30.0 + 200.0 * 200.0) * (1.0 - std::f64::consts::FRAC_PI_4);
        let area = outline.path().area();
        assert!((area - (60_000.0 - cut)).abs() < 20.0, "{area}");
        // What fits a renderer's own rounded rectangle stays one.
        let simple = Outline::rounded_rect(rect, [0.0, 100.0, 30.0, 0.0], None);
        assert!(matches!(simple, Outline::Simple(Geometry::RoundedRect(_))));
    }
}
