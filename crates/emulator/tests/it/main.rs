//! The emulator with real processes in its sandboxes.

mod api;
mod calls;
#[path = "../../src/bin/probe/client.rs"]
mod client;
mod command;
mod ends;
mod faults;
mod foreign;
mod limits;
mod objects;
mod parts;
mod stacks;
mod stage;
mod storage;
mod tools;
