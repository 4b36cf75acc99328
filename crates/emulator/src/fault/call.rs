use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::{always, any_number, milliseconds};

/// What goes wrong with which calls of the function.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallRule {
    /// What goes wrong.
    pub fault: CallFault,
    /// Values that the event has at these JSON pointers (`/workerId`); with none,
    /// every event is meant.
    #[serde(default)]
    pub event: BTreeMap<String, Value>,
    /// The chance from 0 to 1 that a call that is meant is hit.
    #[serde(default = "always")]
    pub chance: f64,
    /// How many calls that would be hit are spared first.
    #[serde(default)]
    pub skip: u32,
    /// The most calls that are hit.
    #[serde(default = "any_number")]
    pub times: u32,
}

impl From<CallFault> for CallRule {
    fn from(fault: CallFault) -> Self {
        Self {
            fault,
            event: BTreeMap::new(),
            chance: 1.0,
            skip: 0,
            times: u32::MAX,
        }
    }
}

impl CallRule {
    /// Only events with this value at the JSON pointer.
    #[must_use]
    pub fn event(mut self, pointer: &str, value: impl Into<Value>) -> Self {
        self.event.insert(pointer.to_owned(), value.into());
        self
    }

    pub(super) fn means(&self, event: &Value) -> bool {
        self.event
            .iter()
            .all(|(pointer, value)| event.pointer(pointer) == Some(value))
    }
}

/// What may go wrong with a call.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallFault {
    /// The API refuses the call; nothing runs.
    Refuse(Refusal),
    /// The sandbox's process is killed.
    Kill(Moment),
    /// The same, told as want of memory.
    OutOfMemory(Moment),
    /// The sandbox is so many times slower: by its share of CPU where that can be
    /// set, else by stopping it for most of the time.
    Slow(f64),
    /// The function runs, but its caller never learns how it ended.
    LoseAnswer(Loss),
    /// The event is delivered a second time, at the same time.
    Duplicate,
    /// `/tmp` of a new sandbox takes so many bytes and no more. Needs bubblewrap.
    FullTmp(u64),
    /// The sandbox's credentials have expired after so many requests to S3.
    ExpiredCredentials(u32),
    /// A new sandbox gets the variable `KINORA_EMULATOR_FAULT` with this value, for
    /// this one call: what the function makes of it is its own business.
    Variable(String),
}

impl CallFault {
    /// Those that do not wait for a moment to come, in words.
    pub(crate) fn from_the_start(faults: &[Self]) -> Vec<String> {
        let waits = |fault: &&Self| matches!(fault, Self::Kill(_) | Self::OutOfMemory(_));
        faults
            .iter()
            .filter(|fault| !waits(fault))
            .map(ToString::to_string)
            .collect()
    }

    /// Whether a new sandbox is made for the call, and none of it kept.
    pub(crate) fn wants_new_sandbox(&self) -> bool {
        matches!(self, Self::FullTmp(_) | Self::Variable(_))
    }
}

/// How the API refuses a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// 429, as if too many calls were running.
    Throttled,
    /// 500, for which Lambda alone is to blame.
    ServiceError,
}

/// How an answer is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// The connection is closed.
    Closed,
    /// A gateway answers with this status: 502, 504.
    Status(u16),
}

/// A moment within a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// After this time, in milliseconds where it is read from a file.
    #[serde(rename = "after_ms", with = "milliseconds")]
    After(Duration),
    /// When the n-th request to S3 comes in, counted from 1; it is not carried out.
    BeforeRequest(u32),
    /// When the n-th request to S3 has been carried out; its answer never arrives.
    AfterRequest(u32),
    /// When so many bytes have been sent to S3.
    AfterBytes(u64),
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::After(time) => write!(f, "after {} ms", time.as_millis()),
            Self::BeforeRequest(number) => write!(f, "before request {number} to S3"),
            Self::AfterRequest(number) => write!(f, "after request {number} to S3"),
            Self::AfterBytes(bytes) => write!(f, "after {bytes} bytes to S3"),
        }
    }
}

impl fmt::Display for CallFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refuse(Refusal::Throttled) => f.write_str("refused with 429"),
            Self::Refuse(Refusal::ServiceError) => f.write_str("refused with 500"),
            Self::Kill(moment) => write!(f, "killed {moment}"),
            Self::OutOfMemory(moment) => write!(f, "out of memory {moment}"),
            Self::Slow(factor) => write!(f, "{factor} times slower"),
            Self::LoseAnswer(Loss::Closed) => f.write_str("answer lost, connection closed"),
            Self::LoseAnswer(Loss::Status(status)) => write!(f, "answer lost, {status} instead"),
            Self::Duplicate => f.write_str("delivered twice"),
            Self::FullTmp(bytes) => write!(f, "/tmp full after {bytes} bytes"),
            Self::ExpiredCredentials(requests) => {
                write!(f, "credentials expired after {requests} requests to S3")
            }
            Self::Variable(value) => write!(f, "KINORA_EMULATOR_FAULT={value}"),
        }
    }
}
