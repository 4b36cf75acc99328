//! The studio: a page on loopback that shows a project as it is written.
//!
//! The type to know is [`Studio`]: it records the project, watches its files and records it
//! again when one changes, and serves the page and what the page asks for: any frame at
//! once, sound, what lies where in time, the nodes of a frame, renders.
//!
//! It never shows anything but the film: a frame is drawn by what draws it for a file, from
//! the same recording. It serves nothing but its page and its answers, only to who knows
//! the token of its address, and listens on loopback alone.
//!
//! ```no_run
//! # use kinora_project::{Access, CacheFolder};
//! # use kinora_script::ScriptOptions;
//! # use kinora_studio::{Studio, StudioOptions};
//! # fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let studio = Studio::start(StudioOptions {
//!     script: ScriptOptions::new("src/project.tsx"),
//!     access: Access::default(),
//!     cache: CacheFolder::of_user()?,
//!     scratch: std::env::temp_dir(),
//!     port: 0,
//!     origins: Default::default(),
//!     command: Vec::new(),
//! })?;
//! println!("{}", studio.url());
//! studio.wait();
//! # Ok(())
//! # }
//! ```
//!
//! **The decision behind it:** pictures are served one by one and asked for by who shows
//! them, rather than streamed as encoded video, so that what is seen is exactly a frame,
//! also while it plays; the price is that a large film plays with frames left out on a
//! slow machine, which the page says.

mod apart;
mod api;
mod cloud;
mod console;
mod desk;
mod error;
mod gate;
mod moments;
mod page;
mod painting;
mod pictures;
mod player;
mod recorder;
mod refusal;
mod renders;
mod sound;
mod studio;
mod take;
mod watch;

pub use error::StudioError;
pub use player::player_modules;
pub use studio::{Studio, StudioOptions};
