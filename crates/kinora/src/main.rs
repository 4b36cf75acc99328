//! The `kinora` command: renders projects written against the Revideo API to
//! video, without a browser.
//!
//! Everything that touches the surroundings is here: arguments, environment,
//! files, network, terminal. The work itself is done by the crates below.

mod args;
mod commands;
mod failure;
mod frame_list;
mod interrupt;
mod moment;
mod project;
mod show;
mod stats;

use std::process::ExitCode;

use clap::Parser as _;

/// Room for the deepest stack that a script may be given, and for what it calls.
const STACK: usize = args::MOST_STACK + (32 << 20);

fn main() -> ExitCode {
    kinora_media::return_large_blocks();
    let cli = args::Cli::parse();
    let work = move || match commands::run(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            ExitCode::from(failure.code())
        }
    };
    let thread = std::thread::Builder::new().name("main".to_owned());
    match thread.stack_size(STACK).spawn(work) {
        // A panic has been told by then.
        Ok(thread) => thread.join().unwrap_or(ExitCode::from(2)),
        Err(error) => {
            eprintln!("error: no thread to work on: {error}");
            ExitCode::from(2)
        }
    }
}
