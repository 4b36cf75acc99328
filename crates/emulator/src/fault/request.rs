use std::fmt;
use std::time::Duration;

use serde::Deserialize;

use super::{always, any_number, milliseconds};

/// What goes wrong with which requests to S3.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestRule {
    /// What goes wrong.
    pub fault: RequestFault,
    /// `GET`, `PUT`, `POST`, `HEAD`, `DELETE`; with none, any.
    #[serde(default)]
    pub method: Option<String>,
    /// What the key has in it.
    #[serde(default)]
    pub key: String,
    /// Whose requests are meant.
    #[serde(default)]
    pub sender: Sender,
    /// The chance from 0 to 1 that a request that is meant is hit.
    #[serde(default = "always")]
    pub chance: f64,
    /// How many requests that would be hit are spared first.
    #[serde(default)]
    pub skip: u32,
    /// The most requests that are hit.
    #[serde(default = "any_number")]
    pub times: u32,
}

/// Whose requests to S3 are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sender {
    /// Anybody's.
    #[default]
    Any,
    /// The function's.
    Function,
    /// Those of the account's user, and presigned URLs.
    Caller,
}

impl From<RequestFault> for RequestRule {
    fn from(fault: RequestFault) -> Self {
        Self {
            fault,
            method: None,
            key: String::new(),
            sender: Sender::Any,
            chance: 1.0,
            skip: 0,
            times: u32::MAX,
        }
    }
}

impl RequestRule {
    /// Only this method.
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    /// Only keys that have this in them.
    #[must_use]
    pub fn key(mut self, part: &str) -> Self {
        self.key = part.to_owned();
        self
    }

    /// Only requests of theirs.
    #[must_use]
    pub fn sender(mut self, sender: Sender) -> Self {
        self.sender = sender;
        self
    }
}

/// What may go wrong with a request to S3.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestFault {
    /// 500 `InternalError`; it is not carried out.
    InternalError,
    /// 503 `SlowDown`; it is not carried out.
    SlowDown,
    /// 409 `ConditionalRequestConflict`; it is not carried out.
    Conflict,
    /// 400 `ExpiredToken`; it is not carried out.
    ExpiredToken,
    /// The connection is cut after this share (0 to 1) of the request's body, or of
    /// the answer's where the request has none.
    Reset(f64),
    /// It is carried out, then the connection is cut without an answer.
    LoseAnswer,
    /// It is answered so much later; milliseconds where it is read from a file.
    #[serde(rename = "delay_ms", with = "milliseconds")]
    Delay(Duration),
}

impl fmt::Display for RequestFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InternalError => f.write_str("500 InternalError"),
            Self::SlowDown => f.write_str("503 SlowDown"),
            Self::Conflict => f.write_str("409 ConditionalRequestConflict"),
            Self::ExpiredToken => f.write_str("400 ExpiredToken"),
            Self::Reset(share) => write!(f, "cut after {:.0} % of the body", share * 100.0),
            Self::LoseAnswer => f.write_str("answer lost"),
            Self::Delay(time) => write!(f, "delayed by {} ms", time.as_millis()),
        }
    }
}
