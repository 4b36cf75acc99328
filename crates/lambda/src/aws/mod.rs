//! What is asked of AWS besides calling the function and using the bucket: stacks, logs,
//! settings, whose keys these are.
//!
//! Requests are made and signed here rather than by generated clients, of which
//! CloudFormation's alone takes longer to compile than all of this crate; the price is
//! that a dozen operations are spelled out.

mod deployer;
mod function;
mod identity;
mod logs;
mod reason;
mod refusal;
mod request;
mod rules;
mod stack;
mod template;
mod xml;

pub use deployer::deployer_policy;
pub use function::{DeployedFunction, Quota};
pub use identity::Identity;
pub use logs::{LogLine, LogPage};
pub use refusal::{AwsError, Refusal};
pub use request::Aws;
pub use rules::LifecycleRule;
pub use stack::{Stack, StackEvent, StackState};
pub use template::{Resource, TEMPLATE, Template, Values};

pub(crate) use reason::way_out;
