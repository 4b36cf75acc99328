//! Many segments: plan, schedule, cache, assemble.
//!
//! The types to know are [`Job`] (a film on its way from frames to a file),
//! [`Scheduler`] (who renders what when, as a pure state machine) and [`Cache`]
//! (results kept for later runs).
//!
//! A farm never runs scripts; it is given frames and sound cues.
//!
//! ```no_run
//! # use std::sync::Arc;
//! # use kinora_farm::{FarmError, Job, JobOptions, Progress};
//! # fn example(options: JobOptions, store: Arc<dyn kinora_worker::AssetStore>, frames: Vec<kinora_film::Drawing>) -> Result<(), FarmError> {
//! let mut job = Job::start(options, store, Arc::new(Progress::default()))?;
//! for (number, drawing) in frames.into_iter().enumerate() {
//!     job.push(number as u64, drawing)?;
//! }
//! let report = job.finish(&[])?;
//! println!("{} frames, {} bytes", report.frames, report.bytes);
//! # Ok(())
//! # }
//! ```
//!
//! **The decision behind it:** recorded segments and rendered results wait on
//! disk, so recording runs ahead of rendering to its end at full speed and
//! memory stays flat. The price is disk space of about the size of the result.

mod assemble;
mod cache;
pub mod conformance;
mod cost;
mod dispatch;
mod error;
mod job;
mod progress;
mod schedule;
mod share;
mod shared;
mod shelf;
mod spool;
mod wave;

pub use assemble::{Assembled, Film, Results, assemble};
pub use cache::Cache;
pub use cost::cost;
pub use dispatch::{Attempt, DispatchPolicy, Dispatcher, News, Order, Run, Tally};
pub use error::FarmError;
pub use job::{Job, JobOptions, Report, segment_frames};
pub use progress::{Progress, Snapshot};
pub use schedule::{Event, Failure, Poll, RetryPolicy, Scheduler};
pub use share::shares;
pub use shelf::{engine, segment_key};
pub use spool::Spool;
pub use wave::write_wave;
