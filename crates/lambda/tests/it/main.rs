//! Films made by real functions in the emulator.

mod bundles;
mod cloud;
mod failures;
mod films;
mod jobs;
mod parts;
mod refusals;
