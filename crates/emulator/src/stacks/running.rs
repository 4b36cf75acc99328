use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use time::OffsetDateTime;

use crate::cloud::Cloud;
use crate::stacks::making::{KINDS, Wanted, unmake};
use crate::stacks::{Event, Made, Reading, Stack};

/// How long each resource takes, so that who looks on sees it.
const WORK: Duration = Duration::from_millis(20);
/// The kind of a stack itself.
const STACK: &str = "AWS::CloudFormation::Stack";

/// AWS at work on a stack.
#[derive(Clone)]
pub struct Work {
    pub cloud: Arc<Cloud>,
    pub id: String,
}

/// The words for what is done with a resource: while, when done, when it could not be.
struct Words(&'static str, &'static str, &'static str);

const CREATE: Words = Words("CREATE_IN_PROGRESS", "CREATE_COMPLETE", "CREATE_FAILED");
const UPDATE: Words = Words("UPDATE_IN_PROGRESS", "UPDATE_COMPLETE", "UPDATE_FAILED");
const DELETE: Words = Words("DELETE_IN_PROGRESS", "DELETE_COMPLETE", "DELETE_FAILED");

impl Work {
    fn stack(&self) -> Stack {
        self.cloud
            .stacks
            .find(&self.id)
            .expect("stacks are never forgotten")
    }

    /// The stack's state becomes this.
    pub fn state(&self, status: &'static str, reason: Option<String>) {
        let name = self.cloud.stacks.change(&self.id, |stack| {
            stack.status = status;
            stack.reason.clone_from(&reason);
            stack.name.clone()
        });
        self.event(&name.unwrap_or_default(), &self.id, STACK, status, reason);
    }

    fn event(
        &self,
        resource: &str,
        physical: &str,
        kind: &str,
        status: &'static str,
        reason: Option<String>,
    ) {
        let id = self.cloud.shared.new_id();
        self.cloud.stacks.change(&self.id, |stack| {
            stack.events.push(Event {
                id: format!("{resource}-{id}"),
                resource: resource.to_owned(),
                physical: physical.to_owned(),
                kind: kind.to_owned(),
                status,
                reason,
                at: OffsetDateTime::now_utc(),
            });
        });
    }

    /// Makes all of a new stack.
    pub async fn create(self) {
        match self.make_all().await {
            Ok(()) => self.state("CREATE_COMPLETE", None),
            Err(failed) => {
                let reason = format!(
                    "The following resource(s) failed to create: [{failed}]. Rollback requested by user."
                );
                self.state("ROLLBACK_IN_PROGRESS", Some(reason));
                match self.unmake_all(|_| false).await {
                    failed if failed.is_empty() => self.state("ROLLBACK_COMPLETE", None),
                    failed => self.state("ROLLBACK_FAILED", Some(not_removed(&failed))),
                }
            }
        }
    }

    /// Changes a stack to what it now asks for, or back to what it was.
    pub async fn update(self, before: Stack) {
        match self.make_all().await {
            Ok(()) => {
                self.state("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", None);
                self.clean_up().await;
                self.state("UPDATE_COMPLETE", None);
            }
            Err(failed) => {
                let reason = format!("The following resource(s) failed to update: [{failed}].");
                self.state("UPDATE_ROLLBACK_IN_PROGRESS", Some(reason));
                self.cloud.stacks.change(&self.id, |stack| {
                    stack.text = before.text;
                    stack.template = before.template;
                    stack.parameters = before.parameters;
                });
                match self.make_all().await {
                    Ok(()) => {
                        self.clean_up().await;
                        self.state("UPDATE_ROLLBACK_COMPLETE", None);
                    }
                    Err(_) => self.state("UPDATE_ROLLBACK_FAILED", None),
                }
            }
        }
    }

    /// Removes a stack.
    pub async fn delete(self) {
        let template = self.stack().template;
        let stays = |made: &Made| template["Resources"][&made.name]["DeletionPolicy"] == "Retain";
        match self.unmake_all(stays).await {
            failed if failed.is_empty() => self.state("DELETE_COMPLETE", None),
            failed => self.state("DELETE_FAILED", Some(not_removed(&failed))),
        }
    }

    /// Makes or changes what differs from what stands; the name of what could not be.
    async fn make_all(&self) -> Result<(), String> {
        let stack = self.stack();
        let mut wanted = self.reading(&stack).wanted();
        wanted.sort_by_key(|(_, kind, _)| KINDS.iter().position(|known| known == kind));
        for (name, kind, declared) in wanted {
            // What was made before is what this may refer to.
            let stack = self.stack();
            let properties = self
                .reading(&stack)
                .value(&declared["Properties"])
                .unwrap_or_default();
            let before = stack.resources.iter().find(|made| made.name == name);
            if before.is_some_and(|made| made.properties == properties) {
                continue;
            }
            self.make(&stack, &name, &kind, &properties, before).await?;
        }
        Ok(())
    }

    async fn make(
        &self,
        stack: &Stack,
        name: &str,
        kind: &str,
        properties: &Value,
        before: Option<&Made>,
    ) -> Result<(), String> {
        let words = if before.is_some() { UPDATE } else { CREATE };
        let physical = before.map_or("", |made| made.physical.as_str());
        self.event(name, physical, kind, words.0, None);
        tokio::time::sleep(WORK).await;
        let suffix = self.cloud.shared.new_id().replace('-', "")[..12].to_uppercase();
        let wanted = Wanted {
            stack: &stack.name,
            name,
            kind,
            properties,
            before,
            suffix: &suffix,
        };
        match tokio::task::block_in_place(|| wanted.make(&self.cloud)) {
            Ok(physical) => {
                self.event(name, &physical, kind, words.1, None);
                let made = Made {
                    name: name.to_owned(),
                    kind: kind.to_owned(),
                    physical,
                    status: words.1,
                    properties: properties.clone(),
                };
                self.cloud.stacks.change(&self.id, |stack| {
                    match stack.resources.iter_mut().find(|known| known.name == name) {
                        Some(known) => *known = made,
                        None => stack.resources.push(made),
                    }
                });
                Ok(())
            }
            Err(reason) => {
                self.event(name, physical, kind, words.2, Some(reason));
                Err(name.to_owned())
            }
        }
    }

    /// Removes what is no longer asked for.
    async fn clean_up(&self) {
        let stack = self.stack();
        let wanted = self.reading(&stack).wanted();
        let stays = |made: &Made| wanted.iter().any(|(name, ..)| *name == made.name);
        let gone: Vec<Made> = stack
            .resources
            .iter()
            .filter(|made| !stays(made))
            .cloned()
            .collect();
        for made in gone.iter().rev() {
            self.unmake(made).await;
        }
    }

    /// Removes all but what stays; the names of what could not be removed.
    async fn unmake_all(&self, stays: impl Fn(&Made) -> bool) -> Vec<String> {
        let mut failed = Vec::new();
        for made in self.stack().resources.iter().rev() {
            if stays(made) {
                self.event(
                    &made.name,
                    &made.physical,
                    &made.kind,
                    "DELETE_SKIPPED",
                    None,
                );
            } else if !self.unmake(made).await {
                failed.push(made.name.clone());
            }
        }
        failed
    }

    async fn unmake(&self, made: &Made) -> bool {
        let event =
            |status, reason| self.event(&made.name, &made.physical, &made.kind, status, reason);
        event(DELETE.0, None);
        tokio::time::sleep(WORK).await;
        let done = tokio::task::block_in_place(|| unmake(&self.cloud, made));
        if let Err(reason) = done {
            event(DELETE.2, Some(reason));
            return false;
        }
        event(DELETE.1, None);
        self.cloud.stacks.change(&self.id, |stack| {
            stack.resources.retain(|known| known.name != made.name);
        });
        true
    }

    /// The stack's template, to be read.
    pub fn reading<'a>(&'a self, stack: &'a Stack) -> Reading<'a> {
        reading(&self.cloud, stack)
    }
}

/// A stack's template, to be read.
pub fn reading<'a>(cloud: &'a Cloud, stack: &'a Stack) -> Reading<'a> {
    let names = stack.resources.iter();
    let names: BTreeMap<String, String> = names
        .map(|made| (made.name.clone(), made.physical.clone()))
        .collect();
    Reading {
        template: &stack.template,
        parameters: &stack.parameters,
        names,
        region: &cloud.base.region,
        account: &cloud.base.account,
        stack: &stack.name,
    }
}

fn not_removed(failed: &[String]) -> String {
    format!(
        "The following resource(s) failed to delete: [{}]. ",
        failed.join(", ")
    )
}
