//! What a script drew on a canvas, made into drawings.
//!
//! A script's canvas context writes its calls down as numbers ([`CanvasCalls`]). Playing
//! them ([`play`]) keeps a canvas's state, so that what comes out are plain drawings, and
//! between them the places of what the stage draws of its own: a node's built-in picture,
//! its children, other nodes ([`Hole`]).

mod assembly;
mod calls;
mod code;
mod custom;
mod filters;
mod hit;
mod ink;
mod outline;
mod play;
mod state;
mod style;
mod text;

pub use calls::{CanvasCalls, Reading, Scope};
pub(crate) use custom::{Custom, Customs, Played};
pub use hit::Inside;
pub(crate) use hit::is_inside;
pub use play::CanvasError;
pub(crate) use play::{MOST_KEPT, play};
pub use text::TextMetrics;
pub(crate) use text::{metrics, style as text_style};
