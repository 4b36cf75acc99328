//! AWS Lambda and S3 on loopback, as a command.

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use kinora_emulator::{Arguments, run};

/// Emulates AWS Lambda (its Invoke and Runtime APIs) and S3 on this machine, with
/// the function's real program in sandboxes, until Ctrl-C.
#[derive(Parser)]
#[command(name = "kinora-emulator", version)]
struct Command {
    #[command(flatten)]
    arguments: Arguments,
}

fn main() -> ExitCode {
    let arguments = Command::parse().arguments;
    let Err(error) = arguments.options().and_then(|options| run(options, |_| ())) else {
        return ExitCode::SUCCESS;
    };
    eprintln!("error: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        eprintln!("  {cause}");
        source = cause.source();
    }
    ExitCode::from(2)
}
