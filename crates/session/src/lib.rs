//! A project opened in its surroundings, and what can be done with it.
//!
//! The types to know are [`Session`] (a project with its files, grants and cache:
//! [`Session::render`], [`Session::part`], [`Session::frames`], [`Session::inspect`]) and
//! [`RenderSettings`] (what replaces a project's own settings, whoever gives it).
//!
//! It has no arguments, no terminal and no events: the command, the cloud function and
//! whoever else embeds Kinora give it values and show what it answers.
//!
//! ```no_run
//! # use std::sync::Arc;
//! # use kinora_farm::Progress;
//! # use kinora_project::{Access, CacheFolder, Voice};
//! # use kinora_script::ScriptOptions;
//! # use kinora_session::{RenderOrder, RenderSettings, Session, Surroundings};
//! # fn example(voice: Arc<dyn Voice>) -> Result<(), Box<dyn std::error::Error>> {
//! let settings = RenderSettings::default();
//! let mut script = ScriptOptions::new("src/project.tsx");
//! settings.apply(&mut script);
//! let session = Session::open(script, Surroundings {
//!     access: Access::default(),
//!     cache: CacheFolder::of_user()?,
//!     voice,
//!     progress: Arc::new(Progress::default()),
//!     scratch: std::env::temp_dir(),
//! });
//! let output = std::path::Path::new("film.mp4");
//! let rendered = session.render(&RenderOrder::new(output, settings.recipe(output)?))?;
//! println!("{} frames", rendered.report.frames);
//! # Ok(())
//! # }
//! ```
//!
//! **The decision behind it:** every way in goes through one recording of one kind
//! ([`Session::record`]), so that a warning, a grant or a limit cannot be forgotten in
//! one of them; the price is that even a single frame is recorded into segments first.

mod difference;
mod error;
mod frame_list;
mod frames;
mod graph;
mod identity;
mod inspect;
mod onion;
mod part;
mod picture;
mod record;
mod render;
mod row_name;
mod scopes;
mod session;
/// Reading settings one by one, from JSON or the words of a command line.
pub mod settings;
mod sheet;
mod stack;
mod tree;
mod verify;

pub use difference::{Difference, Reference};
pub use error::SessionError;
pub use frame_list::{FrameList, Wanted};
pub use frames::{FramePainter, FrameView};
pub use identity::identity;
pub use inspect::Inspection;
pub use onion::Onion;
pub use part::{Part, PartOrder};
pub use picture::{FramePicture, PixelBox, in_proportion};
pub use record::{RecordOrder, RecordedProject};
pub use render::{RenderOrder, Rendered};
pub use row_name::RowName;
pub use scopes::{PictureScopes, Scopes};
pub use session::{Session, Surroundings};
pub use settings::{RenderSettings, SettingError};
pub use sheet::Sheet;
pub use stack::MOST_SCRIPT_STACK;
pub use tree::{FrameTree, Survey};
pub use verify::Verification;

use stack::on_script_stack;

/// Seconds a segment when nothing else is said.
pub const SEGMENT_SECONDS: f64 = 2.0;

/// Worker threads when nothing else is said: one for each processor.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
