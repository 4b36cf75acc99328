use super::shaper::Heights;
use crate::{font_style::FontStyle, id::NodeId};

/// An element that texts are in: the block itself (the first) or a `Txt` inside.
#[derive(Clone, Debug)]
pub(crate) struct InlineBox {
    pub id: NodeId,
    /// The one that it is in.
    pub parent: Option<usize>,
    pub style: FontStyle,
    pub heights: Heights,
}

/// A leaf of the block.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub leaf: NodeId,
    /// The inline box that it is in.
    pub inside: usize,
}
