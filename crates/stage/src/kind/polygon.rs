use std::f64::consts::TAU;

use kurbo::{Point, Vec2};

use super::{
    own::Own,
    row::{KindRow, Role, Styles},
};
use crate::{
    change::Change,
    error::SetError,
    geometry::{
        outline::Outline,
        polyline::{closed_polyline, polyline},
    },
    value::Input,
};

/// A regular polygon stretched over its box, one corner up.
pub(super) const KIND: KindRow = KindRow {
    name: "polygon",
    role: Role::Box,
    styles: Styles::Curve,
    make: || Box::new(Polygon::default()),
};

/// How many sides are drawn at most: beyond it corners lie closer than pixels.
const MOST: f64 = 10_000.0;

#[derive(Debug)]
struct Polygon {
    sides: f64,
    radius: f64,
}

impl Default for Polygon {
    fn default() -> Self {
        Self {
            sides: 6.0,
            radius: 0.0,
        }
    }
}

impl Own for Polygon {
    fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        use Change as C;
        Ok(match input.name {
            "sides" => C::put(&mut self.sides, input.or(6.0, Input::number)?, C::OWN),
            "radius" => C::put(&mut self.radius, input.or(0.0, Input::number)?, C::OWN),
            _ => None,
        })
    }

    fn is_closed(&self) -> bool {
        true
    }

    fn outline(&self, size: Vec2, closed: bool) -> Outline {
        // a side that is there in part is short
        let sides = self.sides.clamp(0.0, MOST);
        let corners: Vec<Point> = (0..sides.ceil() as u32)
            .map(|index| {
                let (sin, cos) = libm::sincos(f64::from(index) * TAU / sides);
                Point::new(sin * size.x / 2.0, -cos * size.y / 2.0)
            })
            .collect();
        Outline::Path(match closed {
            true => closed_polyline(&corners, self.radius),
            false => polyline(&corners, self.radius),
        })
    }
}
