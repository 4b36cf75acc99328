//! The `kinora` command: renders projects written against the Revideo API to
//! video, without a browser.
//!
//! Everything that touches the surroundings is here: arguments, environment,
//! files, network, terminal. The work itself is done by the crates below.

mod args;
mod commands;
mod events;
mod failure;
mod interrupt;
mod moment;
mod nearest;
mod picture_file;
mod project;
mod show;
mod stats;

use std::process::ExitCode;

use clap::Parser as _;
use serde_json::json;

fn main() -> ExitCode {
    kinora_media::prepare_process();
    let cli = match args::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refused(&error),
    };
    if cli.events {
        events::turn_on();
    }
    match commands::run(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            ExitCode::from(failure.code())
        }
    }
}

/// Tells that the arguments are wrong, as far as it can be known in the way asked for.
fn refused(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() || !std::env::args_os().any(|argument| argument == "--events") {
        error.exit();
    }
    let text = error.to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let end = ["\n\nUsage:", "\n\nFor more information"];
    let end = end.into_iter().filter_map(|end| text.find(end)).min();
    let message = text[..end.unwrap_or(text.len())].trim_end();
    events::tell(
        "error",
        json!({"kind": "arguments", "exitCode": 2, "message": message}),
    );
    ExitCode::from(2)
}
