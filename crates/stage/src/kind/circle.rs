use std::f64::consts::TAU;

use kinora_film::Geometry;
use kurbo::{BezPath, Ellipse, Point, Vec2};

use super::{
    own::Own,
    row::{KindRow, Role, Styles},
};
use crate::{
    change::Change,
    error::SetError,
    geometry::{arc::append_arc, outline::Outline},
    value::Input,
};

/// An ellipse, an arc or a sector.
pub(super) const KIND: KindRow = KindRow {
    name: "circle",
    role: Role::Box,
    styles: Styles::Curve,
    make: || Box::new(Circle::default()),
};

/// Which part of an ellipse is drawn.
#[derive(Debug)]
struct Circle {
    /// Degrees, clockwise from the right.
    start: f64,
    end: f64,
    counterclockwise: bool,
}

impl Default for Circle {
    fn default() -> Self {
        Self {
            start: 0.0,
            end: 360.0,
            counterclockwise: false,
        }
    }
}

impl Circle {
    /// How far the arc goes, in radians, clockwise positive.
    ///
    /// As a canvas has it: a whole turn or more is a whole turn, anything else
    /// goes the way that was asked for.
    fn sweep(&self) -> f64 {
        let start = self.start.to_radians();
        let mut end = self.end.to_radians();
        if end > start + TAU {
            end -= TAU * ((end - start) / TAU).floor();
        }
        let angle = end - start;
        if self.counterclockwise {
            if -angle >= TAU {
                -TAU
            } else {
                -((-angle).rem_euclid(TAU))
            }
        } else if angle >= TAU {
            TAU
        } else {
            angle.rem_euclid(TAU)
        }
    }
}

impl Own for Circle {
    fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        use Change as C;
        Ok(match input.name {
            "startAngle" => C::put(&mut self.start, input.or(0.0, Input::number)?, C::OWN),
            "endAngle" => C::put(&mut self.end, input.or(360.0, Input::number)?, C::OWN),
            "counterclockwise" => C::put(
                &mut self.counterclockwise,
                input.or(false, Input::bool)?,
                C::OWN,
            ),
            _ => None,
        })
    }

    /// The arc; `closed` makes it a sector.
    fn outline(&self, size: Vec2, closed: bool) -> Outline {
        let radii = size / 2.0;
        let sweep = self.sweep();
        if !closed && sweep == TAU && self.start == 0.0 {
            return Outline::Simple(Geometry::Ellipse(Ellipse::new(Point::ZERO, radii, 0.0)));
        }
        let start = self.start.to_radians();
        let (sin, cos) = libm::sincos(start);
        let from = Point::new(radii.x * cos, radii.y * sin);
        let mut path = BezPath::new();
        if closed {
            path.move_to(Point::ZERO);
            path.line_to(from);
        } else {
            path.move_to(from);
        }
        if sweep != 0.0 {
            append_arc(&mut path, Point::ZERO, radii, start, sweep);
        }
        if closed {
            path.line_to(Point::ZERO);
            path.close_path();
        }
        Outline::Path(path)
    }

    fn ripple(&self, size: Vec2, closed: bool, spread: f64) -> Option<Outline> {
        Some(self.outline(size + Vec2::new(2.0 * spread, 2.0 * spread), closed))
    }
}

#[cfg(test)]
mod tests {
    use kurbo::Shape as _;

    use super::*;

    fn area(circle: &Circle, closed: bool) -> f64 {
        circle
            .outline(Vec2::new(200.0, 200.0), closed)
            .path()
            .area()
            .abs()
    }

    #[test]
    fn a_sector_has_its_part_of_the_area() {
        let quarter = Circle {
            end: 90.0,
            ..Circle::default()
        };
        let expected = std::f64::consts::PI * 100.0 * 100.0 / 4.0;
        assert!((area(&quarter, true) - expected).abs() < 5.0);
        let three_quarters = Circle {
            end: 90.0,
            counterclockwise: true,
            ..Circle::default()
        };
        assert!((area(&three_quarters, true) - 3.0 * expected).abs() < 15.0);
    }

    #[test]
    fn whole_turns_are_taken_off() {
        let circle = Circle {
            end: 450.0,
            ..Circle::default()
        };
        assert!((circle.sweep() - TAU / 4.0).abs() < 1e-12);
    }
}
