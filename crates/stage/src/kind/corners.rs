use kurbo::{Point, Rect, Vec2};

use crate::{change::Change, error::SetError, geometry::outline::Outline, value::Input};

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
        Outline::rounded_rect(rect, radius, smooth)
    }
}
