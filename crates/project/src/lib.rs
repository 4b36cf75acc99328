//! What a project finds around itself: its own files, downloads, fonts, a cache.
//!
//! The types to know are [`Library`] (the files that a project uses, found,
//! fetched, hashed and probed once each), [`ProjectHost`] (what a script is
//! granted of this machine), [`Access`] (how much that is) and [`CacheFolder`]
//! (where results and downloads stay).
//!
//! It never runs a script and never renders: it answers those who do.
//!
//! ```no_run
//! # use std::sync::Arc;
//! # use kinora_farm::Progress;
//! # use kinora_project::{Access, CacheFolder, Library, ProjectHost, Voice};
//! # fn example(voice: Arc<dyn Voice>) -> anyhow::Result<()> {
//! let folder = CacheFolder::of_user()?;
//! let progress = Arc::new(Progress::default());
//! let library = Library::new("my-video".into(), folder.cache.clone(), progress.clone())
//!     .granting(Access::untrusted());
//! let host = ProjectHost::new(Arc::new(library), progress, voice);
//! # drop(host);
//! # Ok(())
//! # }
//! ```
//!
//! **The decision behind it:** everything a script reaches outside of itself goes
//! through one host, so the command and the cloud function grant the same things. A large
//! film or sound behind a URL is read in parts where its server gives them; the price is
//! that the server has to stay there until the film is done.

mod access;
mod address;
mod bundle;
mod cache_folder;
mod data_url;
mod fetch;
mod fonts;
mod hls;
mod host;
mod inputs;
mod kept_blocks;
mod library;
mod places;
mod remote;
mod tools;
mod url;
mod vector;
mod visible;
mod webhook;

pub use access::{Access, UrlPrefix};
pub use bundle::{Bundle, BundleError};
pub use cache_folder::CacheFolder;
pub use fonts::ProjectFonts;
pub use host::{ProjectHost, ScriptRenderer, Voice};
pub use inputs::Inputs;
pub use library::{Entry, Library, UsedUrl};
pub use remote::{RemoteFile, RemoteUrl};
pub use tools::media_tool;
pub use visible::{visible, visible_json};
pub use webhook::{Webhook, WebhookSecret};

use fetch::{Fetcher, Opened};
