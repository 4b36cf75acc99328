use std::fmt;
use std::time::{Duration, SystemTime};

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The function answered.
    Success,
    /// The function reported an error of this type.
    FunctionError(String),
    /// The time limit was reached; the process was killed.
    Timeout,
    /// The process ended before it answered: `exit status 1`, `signal: killed`.
    Exit(String),
    /// The process was killed for want of memory.
    OutOfMemory,
    /// The process never asked for an event.
    InitFailed(String),
    /// The answer was larger than Lambda passes on.
    ResponseTooLarge,
    /// Refused: too many calls at once.
    Throttled,
    /// Refused by an injected fault, with this HTTP status.
    Refused(u16),
}

impl Outcome {
    /// Whether the function did its work.
    pub fn is_success(&self) -> bool {
        *self == Self::Success
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Success => f.write_str("success"),
            Self::FunctionError(kind) => write!(f, "error {kind}"),
            Self::Timeout => f.write_str("timeout"),
            Self::Exit(how) => write!(f, "exit ({how})"),
            Self::OutOfMemory => f.write_str("out of memory"),
            Self::InitFailed(how) => write!(f, "init failed ({how})"),
            Self::ResponseTooLarge => f.write_str("response too large"),
            Self::Throttled => f.write_str("throttled"),
            Self::Refused(status) => write!(f, "refused with {status}"),
        }
    }
}

/// One delivery of one event: what Lambda's REPORT line says, and more.
#[derive(Clone, Debug)]
pub struct Record {
    /// The request's id; deliveries of one event share it.
    pub request_id: String,
    /// The sandbox's number, counted from 0; none when the call was refused.
    pub sandbox: Option<u32>,
    /// The version that ran.
    pub version: String,
    /// Which delivery of the event this was, counted from 0.
    pub attempt: u32,
    /// Whether it is a second delivery that a fault has added.
    pub is_duplicate: bool,
    /// Whether the caller waited for the answer.
    pub synchronous: bool,
    /// The event's size.
    pub event_bytes: usize,
    /// The answer's size.
    pub response_bytes: usize,
    /// When the sandbox was asked for.
    pub start: SystemTime,
    /// When the sandbox was free again, or gone.
    pub end: SystemTime,
    /// From the delivery of the event to the end.
    pub duration: Duration,
    /// From the start of the process to its first request for an event.
    pub init: Option<Duration>,
    /// What is paid for: init and duration, rounded up to milliseconds.
    pub billed_ms: u64,
    /// The same by memory.
    pub billed_gb_seconds: f64,
    /// Processor time that the sandbox used, init included.
    pub cpu_seconds: f64,
    /// The most memory that the sandbox has used so far, in MB.
    pub max_memory_mb: u32,
    /// Whether the sandbox was new.
    pub cold: bool,
    /// How it ended.
    pub outcome: Outcome,
    /// The requests that the sandbox sent to S3 during the call.
    pub s3_requests: u32,
    /// The faults that were injected, in words.
    pub faults: Vec<String>,
}

impl Record {
    /// The delivery in a line, for people; `memory_mb` is the function's memory.
    pub fn summary(&self, memory_mb: u32) -> String {
        let sandbox = match self.sandbox {
            Some(number) => {
                let state = if self.cold { "cold" } else { "warm" };
                format!("sandbox {number} {state}")
            }
            None => "no sandbox".to_owned(),
        };
        let faults = if self.faults.is_empty() {
            String::new()
        } else {
            format!(", faults: {}", self.faults.join("; "))
        };
        format!(
            "{} {} {sandbox}: {} in {} ms, billed {} ms, {} of {memory_mb} MB, {:.2} s of CPU, {} requests to S3{faults}",
            self.request_id,
            self.version,
            self.outcome,
            self.duration.as_millis(),
            self.billed_ms,
            self.max_memory_mb,
            self.cpu_seconds,
            self.s3_requests,
        )
    }

    /// The line that Lambda logs.
    pub(crate) fn report(&self, memory_mb: u32) -> String {
        let ms = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1000.0);
        let mut line = format!(
            "REPORT RequestId: {}\tDuration: {}\tBilled Duration: {} ms\tMemory Size: {memory_mb} MB\tMax Memory Used: {} MB\t",
            self.request_id,
            ms(self.duration),
            self.billed_ms,
            self.max_memory_mb,
        );
        if let Some(init) = self.init {
            line += &format!("Init Duration: {}\t", ms(init));
        }
        if self.outcome == Outcome::Timeout {
            line += "Status: timeout\t";
        } else if !self.outcome.is_success() {
            line += "Status: error\t";
        }
        line
    }
}
