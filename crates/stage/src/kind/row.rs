use super::own::Own;

/// What a kind is made of.
pub(super) struct KindRow {
    /// The kind's name to the script.
    pub name: &'static str,
    pub role: Role,
    pub styles: Styles,
    /// Makes what a new node has of its own.
    pub make: fn() -> Box<dyn Own>,
}

/// How a node takes part in layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Has no box: whoever is below is laid out by the box above.
    Group,
    /// A box.
    Box,
    /// A text block, or a run of text in one.
    Text,
    /// A piece of text in a run.
    Leaf,
}

impl Role {
    /// Whether it has a box.
    pub fn has_box(self) -> bool {
        self != Self::Group
    }

    /// Whether it is a text or part of one.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Leaf)
    }
}

/// Which properties of shapes a kind has besides its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Styles {
    /// None.
    None,
    /// Fill and stroke.
    Shape,
    /// Fill, stroke, and which part of the outline is drawn.
    Curve,
}
