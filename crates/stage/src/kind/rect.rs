use kurbo::Vec2;

use super::{
    corners::Corners,
    own::Own,
    row::{KindRow, Role, Styles},
};
use crate::{change::Change, error::SetError, geometry::outline::Outline, value::Input};

/// A rectangle.
pub(super) const KIND: KindRow = KindRow {
    name: "rect",
    role: Role::Box,
    styles: Styles::Curve,
    make: || Box::new(Rect::default()),
};

#[derive(Debug, Default)]
struct Rect {
    corners: Corners,
}

impl Own for Rect {
    fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        self.corners.set(input)
    }

    fn is_closed(&self) -> bool {
        true
    }

    fn outline(&self, size: Vec2, _: bool) -> Outline {
        self.corners.outline(size, 0.0)
    }

    fn ripple(&self, size: Vec2, _: bool, spread: f64) -> Option<Outline> {
        Some(self.corners.outline(size, spread))
    }
}
