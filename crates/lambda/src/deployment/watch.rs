use std::{collections::BTreeSet, time::Duration};

use super::Tell;
use crate::{
    Fault, FaultKind,
    aws::{Aws, Stack, StackEvent, StackState, way_out},
};

/// How often AWS is asked, at first and at most.
const PAUSES: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(3));

/// Looks on while AWS is at a stack.
pub struct Watch<'a> {
    aws: &'a Aws,
    id: String,
    seen: BTreeSet<String>,
}

/// How it ended.
pub struct Ended {
    pub stack: Stack,
    /// What could not be done first.
    pub failure: Option<StackEvent>,
}

impl<'a> Watch<'a> {
    /// Tells what happens from now on. To be made before something is asked for.
    pub async fn from_now(aws: &'a Aws, id: &str) -> Result<Self, Fault> {
        let events = aws.stack_events(id).await?;
        Ok(Self {
            seen: events.into_iter().map(|event| event.id).collect(),
            ..Self::from_the_start(aws, id)
        })
    }

    /// Tells all that has happened to a new stack.
    pub fn from_the_start(aws: &'a Aws, id: &str) -> Self {
        Self {
            aws,
            id: id.to_owned(),
            seen: BTreeSet::new(),
        }
    }

    /// Waits until AWS is done.
    pub async fn end(mut self, tell: Tell<'_>) -> Result<Ended, Fault> {
        let mut pause = PAUSES.0;
        let mut failure = None;
        loop {
            // Asked before the events, so that the last ones are told too.
            let stack = self.aws.stack(&self.id).await?.unwrap_or_else(|| Stack {
                status: "DELETE_COMPLETE".to_owned(),
                ..Stack::default()
            });
            for event in self.news().await? {
                tell(&line(&event));
                if failure.is_none() && event.is_failure() {
                    failure = Some(event);
                }
            }
            if stack.state() != StackState::UnderWay {
                return Ok(Ended { stack, failure });
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 5 / 4).min(PAUSES.1);
        }
    }

    /// Events that were not told yet, the oldest first.
    async fn news(&mut self) -> Result<Vec<StackEvent>, Fault> {
        let mut events = self.aws.stack_events(&self.id).await?;
        events.reverse();
        events.retain(|event| self.seen.insert(event.id.clone()));
        Ok(events)
    }
}

impl Ended {
    /// The stack, if it is as it was asked for.
    pub fn done(self, region: &str) -> Result<Stack, Fault> {
        if matches!(self.stack.state(), StackState::Ready | StackState::Gone) {
            return Ok(self.stack);
        }
        Err(self.fault(region))
    }

    /// Why it is not.
    fn fault(self, region: &str) -> Fault {
        let name = &self.stack.name;
        let Some(event) = self.failure else {
            let message = format!(
                "the stack `{name}` ended in the state `{}`",
                self.stack.status
            );
            let mut fault = Fault::new(FaultKind::Tool, message);
            fault.causes.extend(self.stack.reason);
            return fault;
        };
        let reason = event.reason.unwrap_or_default();
        let what = format!(
            "AWS did not bring the stack `{name}` about, because of its `{}`",
            event.resource
        );
        let mut fault = match way_out("", &reason, region, None) {
            Some(way_out) => Fault::new(FaultKind::Tool, way_out),
            None => Fault::new(FaultKind::Tool, what.clone()),
        };
        if fault.message != what {
            fault.causes.push(what);
        }
        fault.causes.push(reason);
        fault
    }
}

/// An event in a line.
fn line(event: &StackEvent) -> String {
    let kind = event.kind.trim_start_matches("AWS::");
    let reason = event.reason.as_deref().map(|reason| format!(": {reason}"));
    format!(
        "  {} {} ({kind}){}",
        event.status,
        event.resource,
        reason.unwrap_or_default()
    )
}
