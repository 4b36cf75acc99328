use std::io::Write;
use std::sync::mpsc;

use crate::{Emulator, EmulatorError, EmulatorOptions, Endpoints};

/// Runs an emulator until Ctrl-C (or a polite request to end). It prints where it
/// listens and which variables send clients there, then a line for each delivery;
/// what does not hold on this machine goes to standard error.
///
/// # Errors
/// The emulator cannot start.
pub fn run(
    options: EmulatorOptions,
    on_ready: impl FnOnce(&Endpoints),
) -> Result<(), EmulatorError> {
    let (stop, stopped) = mpsc::channel();
    ctrlc::set_handler(move || {
        let _ = stop.send(());
    })
    .map_err(|error| EmulatorError::Threads(std::io::Error::other(error)))?;
    let memory_mb = options.function.memory_mb;
    let emulator = Emulator::start(options)?;
    for warning in emulator.warnings() {
        eprintln!("warning: {warning}");
    }
    let endpoints = emulator.endpoints();
    say(&format!(
        "Lambda  {}  (function `{}`)",
        endpoints.lambda_url(),
        endpoints.function
    ));
    say(&format!("S3      {}", endpoints.s3_url()));
    say(&format!("files   {}", emulator.data().display()));
    for (name, value) in endpoints.environment() {
        say(&format!("export {name}={value}"));
    }
    emulator.on_record(move |record| say(&record.summary(memory_mb)));
    on_ready(endpoints);
    // Without a handler left there is nothing more to wait for either.
    let _ = stopped.recv();
    emulator.stop();
    Ok(())
}

/// Prints a line, if anybody still reads.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
