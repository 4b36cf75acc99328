use std::rc::Rc;

use kinora_film::Drawing;
use kurbo::Vec2;

use super::{
    own::{Look, Natural, Own},
    row::{KindRow, Role, Styles},
};
use crate::{
    change::Change,
    error::SetError,
    text::{
        placed::{PlacedText, drawings, placed_texts},
        shaped::ShapedText,
    },
    value::Input,
};

/// Lines of code: texts whose places and colours the script has found out.
pub(super) const KIND: KindRow = KindRow {
    name: "code",
    role: Role::Box,
    styles: Styles::Shape,
    make: || Box::new(Code::default()),
};

#[derive(Debug, Default)]
struct Code {
    size: Vec2,
    texts: Vec<PlacedText>,
    /// The texts in the font of the node, as many as `texts`.
    shaped: Vec<Rc<ShapedText>>,
}

impl Own for Code {
    fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        use Change as C;
        Ok(match input.name {
            "measured" => {
                let size = input.or(Vec2::ZERO, Input::vec2)?;
                C::put(&mut self.size, size, C::LAYOUT | C::OWN)
            }
            "texts" => {
                let texts = placed_texts(input)?;
                C::put(&mut self.texts, texts, C::OWN)
            }
            _ => None,
        })
    }

    fn natural(&self) -> Natural {
        Natural::fixed(self.size)
    }

    fn draw(&self, look: &Look<'_>) -> Vec<Drawing> {
        drawings(self.texts.iter().zip(&self.shaped), -look.size / 2.0)
    }

    fn placed_texts(&self) -> Option<&[PlacedText]> {
        Some(&self.texts)
    }

    fn take_shaped(&mut self, shaped: Vec<Rc<ShapedText>>) {
        self.shaped = shaped;
    }
}
