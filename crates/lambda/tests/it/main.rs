//! Films made by real functions in the emulator.

mod bundles;
mod cloud;
mod conformance;
mod failures;
mod films;
mod foreign;
mod jobs;
mod long;
mod parts;
mod refusals;
mod storms;
#[path = "../../../emulator/tests/it/tools.rs"]
mod tools;
