use std::ops::BitOr;

/// What follows from setting a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Change(u16);

impl Change {
    /// Nothing: the value was there already.
    pub const NONE: Self = Self(0);
    /// The node is placed or composited differently.
    pub const PLACE: Self = Self(1);
    /// The node's own picture is another.
    pub const OWN: Self = Self(1 << 1);
    /// The node's box may be another.
    pub const LAYOUT: Self = Self(1 << 2);
    /// Which nodes lay out which may be another.
    pub const FLOW: Self = Self(1 << 3);
    /// Texts in the node may be set in another font.
    pub const FONT: Self = Self(1 << 4);
    /// Texts in the node may be painted otherwise.
    pub const PAINT: Self = Self(1 << 5);
    /// The text is another.
    pub const TEXT: Self = Self(1 << 6);
    /// The scene has another size or scale.
    pub const SCENE: Self = Self(1 << 7);
    /// What is below is composited in another space.
    pub const ROOT: Self = Self(1 << 8);

    /// Whether it includes all of `other`.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Stores `value` and gives `change`, or nothing if it was there already.
    pub fn put<T: PartialEq>(slot: &mut T, value: T, change: Self) -> Option<Self> {
        if *slot == value {
            Some(Self::NONE)
        } else {
            *slot = value;
            Some(change)
        }
    }
}

impl BitOr for Change {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
