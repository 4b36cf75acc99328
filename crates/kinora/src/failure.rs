use std::fmt::Write as _;

use kinora_farm::{FarmError, Progress};
use kinora_script::ScriptError;
use kinora_session::SessionError;
use kinora_worker::ErrorKind;

use crate::show::say;

/// Why a command did not do what it was asked to.
#[derive(Debug)]
pub enum Failure {
    /// The project is at fault.
    Project(anyhow::Error),
    /// The tool or its surroundings are.
    Tool(anyhow::Error),
    /// The user stopped it.
    Interrupted,
    /// A script ended with a code of its own.
    Exit(u8),
}

impl Failure {
    /// The exit code of the process.
    pub fn code(&self) -> u8 {
        match self {
            Self::Project(_) => 1,
            Self::Tool(_) | Self::Interrupted => 2,
            Self::Exit(code) => *code,
        }
    }

    /// Says on standard error what was wrong, with all its causes.
    pub fn print(&self) {
        match self {
            Self::Project(error) | Self::Tool(error) => say(&format!("error: {}", chain(error))),
            Self::Interrupted => say("error: interrupted"),
            Self::Exit(_) => {}
        }
    }

    /// The failure, which is an interruption if the user asked for one: what
    /// else went wrong then is a consequence.
    pub fn or_interrupted(self, progress: &Progress) -> Self {
        if progress.is_cancelled() {
            Self::Interrupted
        } else {
            self
        }
    }

    /// What was wrong, in a few lines.
    pub fn message(&self) -> String {
        match self {
            Self::Project(error) | Self::Tool(error) => chain(error),
            Self::Interrupted => "interrupted".to_owned(),
            Self::Exit(code) => format!("the script ended with exit code `{code}`"),
        }
    }
}

fn chain(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1) {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  because: {cause}");
    }
    text
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Tool(error)
    }
}

fn of_kind(kind: ErrorKind, error: anyhow::Error) -> Failure {
    match kind {
        ErrorKind::Project => Failure::Project(error),
        ErrorKind::Passing | ErrorKind::Tool => Failure::Tool(error),
        ErrorKind::Cancelled => Failure::Interrupted,
    }
}

impl From<FarmError> for Failure {
    fn from(error: FarmError) -> Self {
        of_kind(error.kind(), error.into())
    }
}

impl From<SessionError> for Failure {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Script(ScriptError::Exit(code)) => Self::Exit(code.clamp(0, 255) as u8),
            error => of_kind(error.kind(), error.into()),
        }
    }
}
