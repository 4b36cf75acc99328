//! Many segments: plan, schedule, cache, assemble.
//!
//! The types to know are [`RecordedFilm`] (a film's segments on disk, filled by a
//! [`Recorder`]), [`Crew`] (threads that render them, by a [`Scheduler`], which is a pure
//! state machine) and [`Job`] (both together, from frames to a file). [`Cache`] keeps
//! results for later runs.
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
//! let report = job.finish(Vec::new())?;
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
#[cfg(feature = "conformance")]
pub mod conformance;
mod copy;
mod cost;
mod crew;
mod dispatch;
mod error;
mod film;
mod job;
mod progress;
mod results;
mod schedule;
mod share;
mod spool;
mod wave;
mod writers;

pub use assemble::{Assembled, Results, assemble};
pub use cache::Cache;
pub use copy::CopyPlan;
pub use cost::cost;
pub use crew::{Crew, CrewOptions, CrewReport, SegmentSource};
pub use dispatch::{
    Attempt, DispatchAction, DispatchEvent, DispatchPolicy, Dispatcher, Run, Tally,
};
pub use error::FarmError;
pub use film::{RecordOptions, RecordedFilm, RecordedSegment, Recorder, segment_frames};
pub use job::{Job, JobOptions, Report};
pub use progress::{Progress, Snapshot};
pub use results::{CachedResults, ResultStore, TemporaryResults};
pub use schedule::{RetryPolicy, ScheduleAction, ScheduleEvent, Scheduler};
pub use share::shares;
pub use spool::Spool;
pub use wave::write_wave;
pub use writers::Sinks;
