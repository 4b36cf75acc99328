use super::{
    picture::Picture,
    row::{KindRow, Role, Styles},
};

/// A moving picture.
pub(super) const KIND: KindRow = KindRow {
    name: "video",
    role: Role::Box,
    styles: Styles::Curve,
    make: || Box::new(Picture::video()),
};
