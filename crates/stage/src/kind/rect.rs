use super::{
    corners::Corners,
    own::Own,
    row::{KindRow, Role, Styles},
};
use crate::{change::Change, error::SetError, value::Input};

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

    fn corners(&self) -> Option<&Corners> {
        Some(&self.corners)
    }
}
