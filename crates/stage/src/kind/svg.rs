use kurbo::Vec2;

use super::{
    own::{Natural, Own},
    row::{KindRow, Role, Styles},
};
use crate::{change::Change, error::SetError, value::Input};

/// A box as large as a document, whose shapes are its children.
pub(super) const KIND: KindRow = KindRow {
    name: "svg",
    role: Role::Box,
    styles: Styles::Shape,
    make: || Box::new(Svg::default()),
};

/// Property `natural`: the document's size, zero without one.
#[derive(Debug, Default)]
struct Svg {
    natural: Vec2,
}

impl Own for Svg {
    fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        Ok(match input.name {
            "natural" => {
                let natural = input.or(Vec2::ZERO, Input::vec2)?;
                Change::put(&mut self.natural, natural, Change::LAYOUT)
            }
            _ => None,
        })
    }

    fn natural(&self) -> Natural {
        Natural::of_size(self.natural)
    }
}
