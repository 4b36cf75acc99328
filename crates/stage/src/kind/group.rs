use super::{
    own::Own,
    row::{KindRow, Role, Styles},
};

/// A group.
pub(super) const KIND: KindRow = KindRow {
    name: "node",
    role: Role::Group,
    styles: Styles::None,
    make: || Box::new(Group),
};

/// Has its children and nothing of its own.
#[derive(Debug)]
pub(super) struct Group;

impl Own for Group {}
