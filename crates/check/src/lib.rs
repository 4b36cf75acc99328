//! What is wrong with a film's picture and sound, before anyone watches it.
//!
//! The types to know are [`Finding`] (what is wrong, where in the project, where in the
//! picture, when, and what may help) and [`Rule`]; [`check`] finds all of a project's.
//!
//! It never judges taste: a rule is here if what it finds is hardly ever meant, and what is
//! meant can be said so, by the rule's name in a comment on the node's line or by
//! [`CheckOptions::ignored`]. Nothing is rendered to a file.
//!
//! ```no_run
//! # fn example(session: &kinora_session::Session) -> Result<(), kinora_session::SessionError> {
//! let report = kinora_check::check(session, &kinora_check::CheckOptions::default())?;
//! for finding in &report.findings {
//!     println!("{finding}");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! **The decision behind it:** rules work on the nodes and drawings of frames some tenths of
//! a second apart, and look at pixels only for contrast and flashes; so a check takes about as long as
//! two recordings, and what lasts shorter than that may not be found.

mod check;
mod expect;
mod finding;
mod glance;
mod rules;
mod storyboard;

pub use check::{CheckOptions, CheckReport, check};
pub use expect::{Expectation, Wish};
pub use finding::{Finding, Gravity, Rule};
pub use storyboard::storyboard;
