use std::fmt::Write as _;

use kinora_farm::{FarmError, Progress};
use kinora_script::{Diagnostic, ScriptError};
use kinora_session::SessionError;
use kinora_worker::ErrorKind;
use serde_json::{Value, json};

use crate::{events, show::say};

/// Why a command did not do what it was asked to.
#[derive(Debug)]
pub enum Failure {
    /// The project is at fault.
    Project(anyhow::Error),
    /// The tool or its surroundings are.
    Tool(anyhow::Error),
    /// The user stopped it.
    Interrupted,
    /// What is to be said is said, or a script ended with a code of its own.
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
        if events::are_on() {
            events::tell("error", self.to_json());
            return;
        }
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

    /// The failure as programs read it: `kind`, `exitCode`, `message`, and for mistakes of
    /// the project `diagnostics`, each with its place.
    pub fn to_json(&self) -> Value {
        let kind = match self {
            Self::Project(_) => "project",
            Self::Tool(_) => "tool",
            Self::Interrupted => "interrupted",
            Self::Exit(_) => "exit",
        };
        let diagnostics = match self {
            Self::Project(error) | Self::Tool(error) => diagnostics(error),
            Self::Interrupted | Self::Exit(_) => &[],
        };
        json!({
            "kind": kind,
            "exitCode": self.code(),
            "message": self.message(),
            "diagnostics": diagnostics.iter().map(Diagnostic::to_json).collect::<Vec<_>>(),
        })
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

/// An error and its causes, each in a line.
fn chain(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1) {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  because: {cause}");
    }
    text
}

/// The project's mistakes, if they are what went wrong.
fn diagnostics(error: &anyhow::Error) -> &[Diagnostic] {
    let script = match error.downcast_ref::<SessionError>() {
        Some(SessionError::Script(script)) => Some(script),
        _ => error.downcast_ref::<ScriptError>(),
    };
    script.map_or(&[], ScriptError::diagnostics)
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
