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
mod aim;
mod answer;
mod assets;
pub mod aws;
mod batch;
mod bucket;
mod budget;
mod bundle;
mod claim;
mod copy;
mod deployed;
mod deployment;
mod dispatch;
mod elf;
mod event;
mod fault;
mod fields;
mod forecast;
mod function;
mod invoke;
mod job;
mod join;
mod keys;
mod known;
mod money;
mod package;
mod pieces;
mod plan;
mod planner;
mod posted;
mod prices;
mod proposal;
mod publish;
mod report;
mod rows;
mod schema;
mod serve;
mod sink;
mod store;
mod upload;
mod webhook;
mod work;
mod worker;
mod workforce;

pub use account::Account;
pub use aim::Aim;
pub use bucket::{Bucket, Requests};
pub use bundle::upload;
pub use deployed::Deployed;
pub use deployment::{
    Change, Code, DeployOrder, DeployPlan, DeployedStack, Removal, Stored, Tell, What,
    is_stack_name, policies,
};
pub use event::{
    DEFAULT_ATTEMPTS, Event, FullRender, MOST_WORKERS, PartialRender, Planned, Request,
    StillRender, is_job_name,
};
pub use fault::{Fault, FaultKind};
pub use forecast::Terms;
pub use function::{Call, Function};
pub use invoke::{Billed, Called, Caller, LambdaFunction};
pub use job::{CloudJob, Coordinator, Output, Stream, cancel, result, status};
pub use known::Known;
pub use package::Package;
pub use posted::{JoinOrder, Posted, PostedPlace, join, post, work};
pub use prices::{CostModel, Prices, Rates};
pub use proposal::{Proposal, Row};
pub use report::{JobReport, SegmentCounts, WallSeconds};
pub use rows::{BatchRender, BatchRow, MOST_ROWS};
pub use schema::SCHEMA;
pub use serve::serve;
pub use sink::BucketSink;
pub use worker::{PartDone, StageSeconds, Workplace, render_planned};
