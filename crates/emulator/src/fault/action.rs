use std::fmt;

use serde::Deserialize;

use super::{always, any_number};

/// What goes wrong with which actions of the account's user: requests to any service, and
/// what CloudFormation does in the user's name.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionRule {
    /// What goes wrong.
    pub fault: ActionFault,
    /// How the action begins, as policies name it: `cloudformation:CreateStack`,
    /// `lambda:`. With nothing, any.
    #[serde(default)]
    pub action: String,
    /// The chance from 0 to 1 that an action that is meant is hit.
    #[serde(default = "always")]
    pub chance: f64,
    /// How many actions that would be hit are spared first.
    #[serde(default)]
    pub skip: u32,
    /// The most actions that are hit.
    #[serde(default = "any_number")]
    pub times: u32,
}

/// What may go wrong with an action.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionFault {
    /// No policy allows it.
    Denied,
    /// The session's token has expired.
    ExpiredToken,
    /// The access key is not known.
    UnknownKey,
    /// Too many requests.
    Throttled,
    /// The service fails.
    ServiceError,
    /// It is refused with these words.
    Fail(String),
}

impl From<ActionFault> for ActionRule {
    fn from(fault: ActionFault) -> Self {
        Self {
            fault,
            action: String::new(),
            chance: 1.0,
            skip: 0,
            times: u32::MAX,
        }
    }
}

impl ActionRule {
    /// Only actions that begin so.
    #[must_use]
    pub fn action(mut self, action: &str) -> Self {
        self.action = action.to_owned();
        self
    }
}

impl fmt::Display for ActionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Denied => f.write_str("access denied"),
            Self::ExpiredToken => f.write_str("token expired"),
            Self::UnknownKey => f.write_str("key unknown"),
            Self::Throttled => f.write_str("throttled"),
            Self::ServiceError => f.write_str("service error"),
            Self::Fail(words) => write!(f, "refused: {words}"),
        }
    }
}
