//! The function of AWS Lambda: one binary on the custom runtime.

use std::process::ExitCode;

fn main() -> ExitCode {
    kinora_media::prepare_process();
    match kinora_lambda::serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("error: {fault}");
            ExitCode::FAILURE
        }
    }
}
