//! Text blocks: white space, shaping, lines, and where every piece lies.

pub(crate) mod block;
mod emoji;
mod lines;
pub(crate) mod shaper;
pub(crate) mod span;
mod white_space;
