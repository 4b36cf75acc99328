use std::fmt;

use crate::Diagnostic;

/// Why nothing was recorded or run.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// The project is at fault; never empty.
    #[error("{}", Listed(.0))]
    Project(Vec<Diagnostic>),
    /// The user asked to stop.
    #[error("interrupted")]
    Interrupted,
    /// The script called `process.exit` with this code, which is not 0.
    #[error("the script ended with exit code `{0}`")]
    Exit(i32),
    /// This program is at fault.
    #[error("the script engine failed: {0}")]
    Engine(String),
}

impl ScriptError {
    /// The project's mistakes, if they are the cause.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match self {
            Self::Project(diagnostics) => diagnostics,
            _ => &[],
        }
    }
}

impl From<Diagnostic> for ScriptError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Project(vec![diagnostic])
    }
}

struct Listed<'a>(&'a [Diagnostic]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}
