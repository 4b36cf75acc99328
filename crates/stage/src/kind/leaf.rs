use kinora_film::Drawing;

use super::{
    own::{Look, Own},
    row::{KindRow, Role, Styles},
};
use crate::{change::Change, error::SetError, value::Input};

/// A piece of text inside a `Txt`.
pub(super) const KIND: KindRow = KindRow {
    name: "leaf",
    role: Role::Leaf,
    styles: Styles::None,
    make: || Box::new(Leaf::default()),
};

#[derive(Debug, Default)]
struct Leaf {
    text: String,
}

impl Own for Leaf {
    fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        Ok(match input.name {
            "text" => {
                let new = input.or("", Input::text)?;
                if self.text == new {
                    return Ok(Some(Change::NONE));
                }
                new.clone_into(&mut self.text);
                Some(Change::TEXT)
            }
            _ => None,
        })
    }

    fn draw(&self, look: &Look<'_>) -> Vec<Drawing> {
        look.glyphs.clone()
    }

    fn text(&self) -> Option<&str> {
        Some(&self.text)
    }
}
