//! Films rendered by many AWS Lambda functions.
//!
//! The types to know are [`Function`] (events in, answers out: what runs in Lambda),
//! [`Coordinator`] with a [`CloudJob`] (in Lambda, or on the user's own machine) and
//! [`Fault`] (why something failed, as it travels between functions).
//!
//! A worker of a planned film never runs a script, and nothing but the bucket carries
//! pictures from one function to another.
//!
//! ```no_run
//! # async fn example(event: &str) -> Result<(), kinora_lambda::Fault> {
//! use kinora_lambda::{Call, Function};
//!
//! let function = Function::from_environment().await?;
//! let deadline = std::time::Instant::now() + std::time::Duration::from_secs(900);
//! let answer = function.handle(event, Call { deadline }).await;
//! println!("{answer}");
//! # Ok(())
//! # }
//! ```
//!
//! **The decision behind it:** a segment is done when its result stands in the bucket,
//! whatever became of the call that was to make it. So lost, repeated and late calls
//! cannot harm; the price is that the coordinator lists the bucket once a second.

mod account;
mod assets;
pub mod aws;
mod bucket;
mod bundle;
mod claim;
mod copy;
mod deployment;
mod dispatch;
mod elf;
mod estimate;
mod event;
mod fault;
mod fields;
mod function;
mod invoke;
mod job;
mod join;
mod keys;
mod money;
mod package;
mod plan;
mod publish;
mod report;
mod serve;
mod sink;
mod webhook;
mod worker;
mod workforce;

pub use account::Account;
pub use bucket::{Bucket, Requests};
pub use bundle::upload;
pub use deployment::{
    Change, Code, DeployOrder, DeployPlan, DeployedStack, Removal, Stored, Tell, What,
    is_stack_name, policies,
};
pub use estimate::Estimate;
pub use event::{
    DEFAULT_ATTEMPTS, Event, FullRender, MOST_WORKERS, PartialRender, Planned, Request,
    StillRender, is_job_name,
};
pub use fault::{Fault, FaultKind};
pub use function::{Call, Function};
pub use invoke::{Billed, Called, Caller, LambdaFunction};
pub use job::{CloudJob, Coordinator, Output, cancel, result, status};
pub use package::Package;
pub use report::{JobReport, SegmentCounts, WallSeconds};
pub use serve::serve;
pub use sink::BucketSink;
pub use worker::{PartDone, StageSeconds, Workplace, render_planned};
