use std::io::{BufRead as _, IsTerminal as _, Write as _};

use anyhow::anyhow;

use crate::failure::Failure;

/// Asks whoever sits at the terminal, unless it is said already.
///
/// # Errors
/// When the answer is not `wanted`, or nobody is there who could be asked.
pub fn confirmed(said: bool, question: &str, wanted: &str) -> Result<(), Failure> {
    if said {
        return Ok(());
    }
    if !std::io::stdin().is_terminal() {
        let message = anyhow!("nobody is there to confirm it: say `--yes`");
        return Err(Failure::Tool(message));
    }
    let mut out = std::io::stderr().lock();
    // Who cannot read the question will not answer it.
    let _ = write!(out, "{question} ").and_then(|()| out.flush());
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    match read.is_ok() && answer.trim() == wanted {
        true => Ok(()),
        false => Err(Failure::Tool(anyhow!("nothing was done"))),
    }
}
