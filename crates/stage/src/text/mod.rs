//! Text blocks: white space, shaping, lines, and where every piece lies; and texts that stand
//! alone at places of their own.

pub(crate) mod block;
mod cursive;
mod emoji;
mod lines;
pub(crate) mod placed;
pub(crate) mod shaped;
pub(crate) mod shaper;
pub(crate) mod single;
pub(crate) mod span;
mod white_space;
