mod action;
mod call;
mod draw;
mod request;
mod traffic;

pub use action::{ActionFault, ActionRule};
pub use call::{CallFault, CallRule, Loss, Moment, Refusal};
pub use draw::{Asked, Faults, InjectedFault};
pub use request::{RequestFault, RequestRule, Sender};
pub use traffic::{Arrival, HANG, Script, Traffic, TrafficBody, Traffics};

use std::path::Path;

use serde::Deserialize;

use crate::EmulatorError;

/// The faults that are injected: rules for calls of the function, for requests to S3 and
/// for actions of the account's user. Several rules may hit the same call or request.
///
/// Whether a rule with a chance hits is drawn from the seed and from what the call
/// or request is — the event's bytes or the method and key, and how often the same
/// came before — and not from the order in which things happen to arrive.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FaultPlan {
    /// Rules for calls.
    pub calls: Vec<CallRule>,
    /// Rules for requests to S3.
    pub requests: Vec<RequestRule>,
    /// Rules for actions of the account's user; the first that hits counts.
    pub actions: Vec<ActionRule>,
}

/// How often a rule hits, which is asked of each in the same words.
macro_rules! how_often {
    ($($rule:ty),+) => {$(
        impl $rule {
            /// With a chance from 0 to 1.
            #[must_use]
            pub fn chance(mut self, chance: f64) -> Self {
                self.chance = chance;
                self
            }

            /// Not the first ones.
            #[must_use]
            pub fn skip(mut self, skip: u32) -> Self {
                self.skip = skip;
                self
            }

            /// So often at most.
            #[must_use]
            pub fn times(mut self, times: u32) -> Self {
                self.times = times;
                self
            }
        }
    )+};
}

how_often!(CallRule, RequestRule, ActionRule);

impl FaultPlan {
    /// A plan from a file of JSON; docs/emulator.md has its form.
    ///
    /// # Errors
    /// The file cannot be read or understood.
    pub fn read(path: &Path) -> Result<Self, EmulatorError> {
        let text = std::fs::read(path).map_err(|source| EmulatorError::File {
            path: path.to_owned(),
            source,
        })?;
        serde_json::from_slice(&text).map_err(|error| {
            EmulatorError::Fault(format!(
                "`{}` is no plan of faults: {error}",
                path.display()
            ))
        })
    }

    /// One more rule for calls.
    #[must_use]
    pub fn call(mut self, rule: impl Into<CallRule>) -> Self {
        self.calls.push(rule.into());
        self
    }

    /// One more rule for requests to S3.
    #[must_use]
    pub fn request(mut self, rule: impl Into<RequestRule>) -> Self {
        self.requests.push(rule.into());
        self
    }

    /// One more rule for actions.
    #[must_use]
    pub fn action(mut self, rule: impl Into<ActionRule>) -> Self {
        self.actions.push(rule.into());
        self
    }

    /// Refuses numbers that mean nothing.
    pub(crate) fn check(&self) -> Result<(), EmulatorError> {
        let share = |what: &str, value: f64| {
            if (0.0..=1.0).contains(&value) {
                return Ok(());
            }
            Err(EmulatorError::Fault(format!(
                "the {what} of a fault is {value}, not within 0–1"
            )))
        };
        for rule in &self.calls {
            share("chance", rule.chance)?;
            match rule.fault {
                CallFault::Slow(factor) if !(1.0..=1000.0).contains(&factor) => {
                    let message =
                        format!("a sandbox cannot be {factor} times slower: 1–1000 can be");
                    return Err(EmulatorError::Fault(message));
                }
                CallFault::LoseAnswer(Loss::Status(status)) if !(400..=599).contains(&status) => {
                    let message =
                        format!("a lost answer cannot be replaced by {status}: 400–599 can be");
                    return Err(EmulatorError::Fault(message));
                }
                _ => {}
            }
        }
        for rule in &self.actions {
            share("chance", rule.chance)?;
        }
        for rule in &self.requests {
            share("chance", rule.chance)?;
            if let RequestFault::Reset(part) = rule.fault {
                share("cut", part)?;
            }
        }
        Ok(())
    }

    /// Whether sandboxes need a `/tmp` of their own for it.
    pub(crate) fn needs_own_tmp(&self) -> bool {
        self.calls
            .iter()
            .any(|rule| matches!(rule.fault, CallFault::FullTmp(_)))
    }
}

fn always() -> f64 {
    1.0
}

fn any_number() -> u32 {
    u32::MAX
}

/// Durations are told in milliseconds.
mod milliseconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer};

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_millis)
    }
}
