use super::{
    group::Group,
    row::{KindRow, Role, Styles},
};

/// A sound; draws only its children.
pub(super) const KIND: KindRow = KindRow {
    name: "audio",
    role: Role::Group,
    styles: Styles::None,
    make: || Box::new(Group),
};
