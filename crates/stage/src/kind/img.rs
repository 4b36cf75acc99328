use super::{
    picture::Picture,
    row::{KindRow, Role, Styles},
};

/// A still picture.
pub(super) const KIND: KindRow = KindRow {
    name: "img",
    role: Role::Box,
    styles: Styles::Curve,
    make: || Box::new(Picture::still()),
};
