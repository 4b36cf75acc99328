//! Outlines of shapes: how they are made, and which part of them is drawn.

pub(crate) mod arc;
mod corners;
pub(crate) mod measure;
pub(crate) mod outline;
pub(crate) mod polyline;
pub(crate) mod trim;
