use super::{
    group::Group,
    row::{KindRow, Role, Styles},
};

/// A box without a picture.
pub(super) const KIND: KindRow = KindRow {
    name: "layout",
    role: Role::Box,
    styles: Styles::None,
    make: || Box::new(Group),
};
