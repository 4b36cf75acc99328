//! One segment of a film to one encoded chunk, one stretch of it to sound.
//!
//! The types to know are [`SegmentJob`] (what to render), [`Recipe`] (how, and what the
//! result is named), [`SegmentRenderer`] (the tools of one worker thread, kept between
//! segments) and [`Chunk`] (the result). [`render_segment`] is the headline; [`render_frame_rgba`] draws a
//! single frame, [`mix_sound`] a stretch of sound.
//!
//! A worker never runs scripts, lays out, or looks for files: an [`AssetStore`]
//! gives it each file that the segment names.
//!
//! ```no_run
//! # use kinora_worker::{AssetStore, Observer, SegmentRenderer, SegmentJob, WorkerError, render_segment};
//! # fn example(jobs: &[SegmentJob], store: &dyn AssetStore, observer: &dyn Observer) -> Result<(), WorkerError> {
//! let mut renderer = SegmentRenderer::new();
//! for job in jobs {
//!     let chunk = render_segment(&mut renderer, *job, store, observer)?;
//!     println!("{} frames", chunk.frames);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! **The decision behind it:** a chunk's pictures depend on the segment and the
//! settings alone, so it does not matter who renders it, when, or after what.
//! The price is an encoder that starts afresh with each segment.

mod ahead;
mod chunk;
mod damaged;
mod error;
mod frame;
mod limiter;
mod loudness;
mod picture;
mod recipe;
mod renderer;
mod segment;
mod sound;
mod store;
mod true_peak;
mod videos;

pub use chunk::{Chunk, ChunkError};
pub use damaged::DamagedFile;
pub use error::{ErrorKind, WorkerError};
pub use frame::{render_frame_rgba, shrink, straight, straighten};
pub use limiter::Ceiling;
pub use loudness::{Loudness, LoudnessMeter, Measured, at_loudness, loudness, measure};
pub use recipe::{Recipe, engine, frame_spec};
pub use renderer::{SegmentRenderer, Timings};
pub use segment::{Observer, SegmentJob, render_segment};
pub use sound::{SoundMixer, as_floats, mix_sound};
pub use store::{AssetStore, Bytes, Content, StoreError, StoredAsset};
