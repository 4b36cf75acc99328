use kinora_film::Drawing;

use super::{
    own::{Look, Own},
    row::{KindRow, Role, Styles},
};

/// A text block or a run in one.
pub(super) const KIND: KindRow = KindRow {
    name: "txt",
    role: Role::Text,
    styles: Styles::Shape,
    make: || Box::new(Txt),
};

/// Its leaves draw what is in it, with its fill and stroke.
#[derive(Debug)]
struct Txt;

impl Own for Txt {
    fn draw(&self, _: &Look<'_>) -> Vec<Drawing> {
        Vec::new()
    }
}
