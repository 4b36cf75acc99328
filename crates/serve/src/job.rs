use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard},
};

use kinora_project::Webhook;
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use tokio::sync::watch;

use crate::order::Order;

/// Warnings of one job that are told.
const MOST_WARNINGS: usize = 100;

/// What one request asked for, and what became of it.
pub struct RenderJob {
    /// Names it: 128 random bits in hexadecimal, which nobody guesses.
    pub id: String,
    /// What is to be rendered.
    pub order: Order,
    /// Where the film goes.
    pub file: PathBuf,
    /// The start of URLs by which whoever asked reaches the service, without a slash.
    pub base: String,
    /// Who is told of the end.
    pub listener: Option<Listener>,
    facts: Mutex<Facts>,
    news: watch::Sender<()>,
    stop: watch::Sender<bool>,
}

/// Who is told of a job's end, and in which shape.
pub struct Listener {
    pub webhook: Webhook,
    /// Revideo's shape; else that of an event.
    pub plain: bool,
}

struct Facts {
    state: State,
    progress: Value,
    warnings: Vec<String>,
    created: OffsetDateTime,
    started: Option<OffsetDateTime>,
    ended: Option<OffsetDateTime>,
}

/// How far a job is.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Others are before it.
    Queued,
    /// It is rendered.
    Running,
    /// The film is there.
    Succeeded {
        /// Its size in bytes.
        bytes: u64,
        /// What the command's figures say.
        stats: Value,
    },
    /// It went wrong: `kind`, `message`, `diagnostics`.
    Failed(Value),
    /// Somebody stopped it.
    Cancelled,
}

impl State {
    /// The state's name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Succeeded { .. } => "succeeded",
            Self::Failed(_) => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether nothing more will happen.
    pub fn is_end(&self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }
}

impl RenderJob {
    /// A job that waits.
    pub fn new(
        id: String,
        order: Order,
        file: PathBuf,
        base: String,
        listener: Option<Listener>,
    ) -> Self {
        Self {
            id,
            order,
            file,
            base,
            listener,
            facts: Mutex::new(Facts {
                state: State::Queued,
                progress: Value::Null,
                warnings: Vec::new(),
                created: OffsetDateTime::now_utc(),
                started: None,
                ended: None,
            }),
            news: watch::Sender::new(()),
            stop: watch::Sender::new(false),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Facts> {
        self.facts.lock().expect("no holder of the lock panics")
    }

    fn change(&self, change: impl FnOnce(&mut Facts)) {
        change(&mut self.lock());
        self.news.send_replace(());
    }

    /// Says that it is rendered from now on.
    pub fn begin(&self) {
        self.change(|facts| {
            facts.state = State::Running;
            facts.started = Some(OffsetDateTime::now_utc());
        });
    }

    /// Says how far it is.
    pub fn advance(&self, progress: Value) {
        self.change(|facts| facts.progress = progress);
    }

    /// Adds something that should be known although it went well.
    pub fn warn(&self, message: String) {
        self.change(|facts| {
            if facts.warnings.len() < MOST_WARNINGS {
                facts.warnings.push(message);
            }
        });
    }

    /// Says how it ended.
    pub fn end(&self, state: State) {
        self.change(|facts| {
            facts.state = state;
            facts.ended = Some(OffsetDateTime::now_utc());
        });
    }

    /// How far it is.
    pub fn state(&self) -> State {
        self.lock().state.clone()
    }

    /// How much of it is done, from 0 to 1.
    pub fn share(&self) -> f64 {
        let facts = self.lock();
        match facts.state {
            State::Succeeded { .. } => 1.0,
            _ => share(&facts.progress),
        }
    }

    /// Asks whoever renders it to stop.
    pub fn ask_to_stop(&self) {
        self.stop.send_replace(true);
    }

    /// Whether it was asked to stop; changes as that changes.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }

    /// Changes with the job.
    pub fn news(&self) -> watch::Receiver<()> {
        self.news.subscribe()
    }

    /// Where the film can be fetched.
    pub fn link(&self) -> String {
        let name = self.file.file_name().unwrap_or_default();
        format!("{}/download/{}", self.base, name.to_string_lossy())
    }

    /// The job as the API tells it.
    pub fn to_json(&self) -> Value {
        let facts = self.lock();
        let moment =
            |moment: Option<OffsetDateTime>| moment.and_then(|moment| moment.format(&Rfc3339).ok());
        let (output, error) = match &facts.state {
            State::Succeeded { bytes, stats } => {
                let output = json!({"url": self.link(), "bytes": bytes, "frames": stats["frames"]});
                (output, Value::Null)
            }
            State::Failed(error) => (Value::Null, error.clone()),
            _ => (Value::Null, Value::Null),
        };
        let stats = match &facts.state {
            State::Succeeded { stats, .. } => stats.clone(),
            _ => Value::Null,
        };
        json!({
            "id": self.id,
            "status": facts.state.name(),
            "progress": if facts.state.is_end() { Value::Null } else { facts.progress.clone() },
            "createdAt": moment(Some(facts.created)),
            "startedAt": moment(facts.started),
            "endedAt": moment(facts.ended),
            "output": output,
            "error": error,
            "stats": stats,
            "warnings": facts.warnings,
        })
    }
}

/// How much is done by what the command tells of it.
fn share(progress: &Value) -> f64 {
    let count = |name: &str| progress[name].as_f64();
    match (count("frames"), count("totalFrames")) {
        (Some(frames), Some(total)) if total > 0.0 => (frames / total).clamp(0.0, 1.0),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_tells_what_became_of_it() {
        let job = RenderJob::new(
            "ab".to_owned(),
            Order::default(),
            PathBuf::from("/films/ab.mp4"),
            "http://localhost:4000".to_owned(),
            None,
        );
        assert_eq!(job.to_json()["status"], "queued");
        job.begin();
        job.advance(json!({"frames": 30, "totalFrames": 120}));
        assert_eq!(job.share(), 0.25);
        assert_eq!(job.to_json()["progress"]["frames"], 30);
        job.warn("slow".to_owned());
        job.end(State::Succeeded {
            bytes: 7,
            stats: json!({"frames": 120}),
        });
        let told = job.to_json();
        assert_eq!(told["status"], "succeeded");
        assert_eq!(told["progress"], Value::Null);
        assert_eq!(
            told["output"],
            json!({"url": "http://localhost:4000/download/ab.mp4", "bytes": 7, "frames": 120})
        );
        assert_eq!(told["warnings"], json!(["slow"]));
        assert_eq!(job.share(), 1.0);
    }
}
