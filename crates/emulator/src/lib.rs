//! AWS Lambda and S3 on loopback, in one process, for tests and for users, with as much of
//! CloudFormation, STS and CloudWatch Logs as deploying takes.
//!
//! The types to know are [`EmulatorOptions`] (what is deployed, which limits hold,
//! which faults are injected) and [`Emulator`] (the running thing: its endpoints,
//! and a [`Record`] of each delivery).
//!
//! It runs the real program of a function as a real process; it knows nothing of
//! Kinora and links nothing of it.
//!
//! ```no_run
//! # use kinora_emulator::{Emulator, EmulatorError, EmulatorOptions, FunctionOptions};
//! # fn example() -> Result<(), EmulatorError> {
//! let emulator = Emulator::start(EmulatorOptions {
//!     function: FunctionOptions {
//!         command: "target/release/kinora-lambda".into(),
//!         ..Default::default()
//!     },
//!     ..Default::default()
//! })?;
//! for (name, value) in emulator.environment() {
//!     println!("export {name}={value}");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! **The decision behind it:** sandboxes are processes under control groups and
//! bubblewrap rather than virtual machines, so they start in tens of milliseconds
//! and need no privileges to run at all; the price is that what holds depends on
//! the machine, and is told ([`Emulator::warnings`]).
//!
//! | like AWS | not |
//! |---|---|
//! | calls, events, versions, errors and their shapes, sizes, signatures | response streaming, aliases, extensions, IAM policies |
//! | cold and warm sandboxes, time limit, memory, `/tmp`, CPU share, freezing | a restart within a sandbox, clocks, another user |
//! | stacks that really make buckets and functions | roles, policies, images, templates in YAML |
//! | S3's objects, conditions, parts, listings, presigned URLs | versioning, tags, lifecycle, encryption |
//!
//! `docs/emulator.md` has the whole table, and the faults' file format.

mod api;
mod arguments;
mod bucket;
mod call;
mod cgroup;
mod cloud;
mod deployment;
mod emulator;
mod ending;
mod endpoints;
mod error;
mod fault;
mod functions;
mod http;
mod keyring;
mod lambda;
mod ledger;
mod log;
mod log_groups;
mod machine;
mod options;
mod process;
mod record;
mod run;
mod s3;
mod sandbox;
mod shared;
mod signature;
mod stacks;
mod storage;
mod usage;

pub use arguments::Arguments;
pub use bucket::Bucket;
pub use emulator::Emulator;
pub use endpoints::Endpoints;
pub use error::EmulatorError;
pub use fault::{
    ActionFault, ActionRule, CallFault, CallRule, FaultPlan, InjectedFault, Loss, Moment, Refusal,
    RequestFault, RequestRule, Sender,
};
pub use options::{EmulatorOptions, Enforce, FunctionOptions, Limits};
pub use record::{Outcome, Record};
pub use run::run;
