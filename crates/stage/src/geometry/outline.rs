use kinora_film::Geometry;
use kurbo::{BezPath, Rect, RoundedRect, RoundedRectRadii, Vec2};

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
        match smooth {
            None => {
                let [tl, tr, br, bl] = radius;
                let radii = RoundedRectRadii::new(tl, tr, br, bl);
                Self::Simple(Geometry::RoundedRect(RoundedRect::from_rect(rect, radii)))
            }
            Some(sharpness) => Self::Path(corners_path(rect, radius, Some(sharpness))),
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
