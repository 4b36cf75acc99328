use std::{error::Error, fmt};

use kinora_farm::FarmError;
use kinora_media::MediaError;
use kinora_session::SessionError;
use kinora_worker::ErrorKind;
use serde::{Deserialize, Serialize};

/// Whose business a failure is, and so what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FaultKind {
    /// The event is wrong; nothing was begun.
    Event,
    /// The project is at fault: its scripts, its files or its settings.
    Project,
    /// Another attempt may succeed.
    Passing,
    /// The tool or its surroundings are at fault.
    Tool,
    /// Time ran out; what is finished is kept, and the same job again goes on with it.
    OutOfTime,
    /// The job was cancelled.
    Cancelled,
    /// The job's name is taken: others are at it with another input.
    Taken,
    /// What the job may cost at most is used up; what is finished is kept, and the same job
    /// again goes on with it.
    OverBudget,
}

/// Why a job or a part of it failed, as it travels between functions: with its kind
/// and all its causes, nothing flattened into one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// What kind of failure it is.
    pub kind: FaultKind,
    /// What went wrong.
    pub message: String,
    /// Why, outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    /// The field of the event that is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The worker that failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker_id: Option<u64>,
    /// The output frames that it had, from and up to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frames: Option<[u64; 2]>,
}

impl Fault {
    /// A failure of this kind.
    pub fn new(kind: FaultKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            causes: Vec::new(),
            field: None,
            worker_id: None,
            frames: None,
        }
    }

    /// An event whose `field` is wrong; `what` goes on from its name.
    pub fn field(field: &str, what: impl fmt::Display) -> Self {
        Self {
            field: Some(field.to_owned()),
            ..Self::new(FaultKind::Event, format!("`{field}` {what}"))
        }
    }

    /// The failure of the surroundings with all its causes.
    pub fn tool(message: impl Into<String>, cause: &dyn Error) -> Self {
        Self::new(FaultKind::Tool, message).because(cause)
    }

    /// The same with an error and its causes added to the causes.
    pub fn because(mut self, cause: &dyn Error) -> Self {
        self.causes.extend(chain(cause));
        self
    }

    fn of(kind: FaultKind, error: &dyn Error) -> Self {
        let mut causes = chain(error);
        let message = causes.remove(0);
        Self {
            causes,
            ..Self::new(kind, message)
        }
    }

    /// The failure as one text: what went wrong, and why.
    pub fn text(&self) -> String {
        let mut text = match (self.worker_id, self.frames) {
            (Some(worker), Some([from, to])) => {
                format!("worker {worker}, frames {from}..{to}: {}", self.message)
            }
            (Some(worker), None) => format!("worker {worker}: {}", self.message),
            (None, Some([from, to])) => format!("frames {from}..{to}: {}", self.message),
            (None, None) => self.message.clone(),
        };
        for cause in &self.causes {
            text.push_str(": ");
            text.push_str(cause);
        }
        text
    }

    /// The HTTP status that answers are given.
    pub fn status(&self) -> u16 {
        match self.kind {
            FaultKind::Event => 400,
            FaultKind::Taken => 409,
            _ => 500,
        }
    }
}

/// An error's message and those of its causes; a cause that is said already is left out.
fn chain(error: &dyn Error) -> Vec<String> {
    let mut texts = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !texts.last().is_some_and(|last| last.ends_with(&text)) {
            texts.push(text);
        }
        cause = error.source();
    }
    texts
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Error for Fault {}

fn of_kind(kind: ErrorKind) -> FaultKind {
    match kind {
        ErrorKind::Passing => FaultKind::Passing,
        ErrorKind::Project => FaultKind::Project,
        ErrorKind::Tool => FaultKind::Tool,
        ErrorKind::Cancelled => FaultKind::Cancelled,
    }
}

impl From<FarmError> for Fault {
    /// What a segment's own error says is kept, and its frames beside it.
    fn from(error: FarmError) -> Self {
        let kind = of_kind(error.kind());
        match &error {
            FarmError::Segment { frames, source } => Self {
                frames: Some([frames.start, frames.end]),
                ..Self::of(kind, source)
            },
            FarmError::Panic { frames, message } => Self {
                frames: Some([frames.start, frames.end]),
                ..Self::new(kind, format!("the renderer broke down: {message}"))
            },
            error => Self::of(kind, error),
        }
    }
}

impl From<SessionError> for Fault {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Farm(error) => error.into(),
            error => Self::of(of_kind(error.kind()), &error),
        }
    }
}

impl From<MediaError> for Fault {
    fn from(error: MediaError) -> Self {
        Self::of(FaultKind::Tool, &error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_keeps_its_causes_on_the_wire() {
        let cause = std::io::Error::other("disk full");
        let mut fault = Fault::tool("cannot store the result", &cause);
        fault.worker_id = Some(3);
        fault.frames = Some([60, 120]);
        let read: Fault = serde_json::from_str(&serde_json::to_string(&fault).unwrap()).unwrap();
        assert_eq!(read, fault);
        assert_eq!(
            read.text(),
            "worker 3, frames 60..120: cannot store the result: disk full"
        );
    }

    #[test]
    fn wrong_fields_are_named() {
        let fault = Fault::field("numWorkers", "must be at least 1, got `0`");
        assert_eq!(fault.status(), 400);
        assert_eq!(fault.text(), "`numWorkers` must be at least 1, got `0`");
    }
}
