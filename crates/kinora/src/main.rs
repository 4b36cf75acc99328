//! The `kinora` command: renders projects written against the Revideo API to
//! video, without a browser.
//!
//! Everything that touches the surroundings is here: arguments, environment,
//! files, network, terminal. The work itself is done by the crates below.

mod args;
mod commands;
mod failure;
mod interrupt;
mod moment;
mod project;
mod show;
mod stats;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    kinora_media::return_large_blocks();
    match commands::run(args::Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            ExitCode::from(failure.code())
        }
    }
}
