//! Films made by real functions in the emulator.

mod batches;
mod bundles;
mod cloud;
mod conformance;
mod failures;
mod films;
mod foreign;
mod jobs;
mod long;
mod parts;
mod planned;
mod refusals;
// The command's tests use more of it.
#[allow(dead_code)]
#[path = "../../../kinora/tests/it/server.rs"]
mod server;
mod sources;
mod storms;
mod streams;
mod terraform;
#[path = "../../../emulator/tests/it/tools.rs"]
mod tools;
