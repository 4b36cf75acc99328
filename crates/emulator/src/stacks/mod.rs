//! CloudFormation, as far as a stack of a bucket, a function and their policies goes.

mod making;
mod reading;
mod running;

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::Value;
use time::OffsetDateTime;

pub use reading::Reading;
pub use running::{Work, reading};

/// The stacks that there are and were, in the order in which they were made.
#[derive(Default)]
pub struct Stacks(Mutex<Vec<Stack>>);

/// A stack.
#[derive(Clone)]
pub struct Stack {
    pub id: String,
    pub name: String,
    pub status: &'static str,
    pub reason: Option<String>,
    pub made: OffsetDateTime,
    /// The template as it was sent.
    pub text: String,
    pub template: Value,
    pub parameters: BTreeMap<String, String>,
    /// What stands of it, in the order in which it was made.
    pub resources: Vec<Made>,
    /// What happened, the latest last.
    pub events: Vec<Event>,
}

/// A resource that was made.
#[derive(Clone)]
pub struct Made {
    /// Its name in the template.
    pub name: String,
    pub kind: String,
    /// By which name it is known.
    pub physical: String,
    pub status: &'static str,
    pub properties: Value,
}

/// Something that happened.
#[derive(Clone)]
pub struct Event {
    pub id: String,
    pub resource: String,
    pub physical: String,
    pub kind: String,
    pub status: &'static str,
    pub reason: Option<String>,
    pub at: OffsetDateTime,
}

impl Stacks {
    /// The stack of this id, or the one of this name that is not gone.
    pub fn find(&self, name: &str) -> Option<Stack> {
        let stacks = self.0.lock().unwrap();
        let is_meant = |stack: &&Stack| {
            stack.id == name || stack.name == name && stack.status != "DELETE_COMPLETE"
        };
        stacks.iter().find(is_meant).cloned()
    }

    pub fn add(&self, stack: Stack) {
        self.0.lock().unwrap().push(stack);
    }

    /// Changes the stack of this id.
    pub fn change<T>(&self, id: &str, change: impl FnOnce(&mut Stack) -> T) -> Option<T> {
        let mut stacks = self.0.lock().unwrap();
        stacks.iter_mut().find(|stack| stack.id == id).map(change)
    }
}
