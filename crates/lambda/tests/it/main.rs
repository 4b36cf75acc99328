//! Films made by real functions in the emulator.

mod bundles;
mod cloud;
mod conformance;
mod failures;
mod films;
mod jobs;
mod parts;
mod refusals;
mod storms;
