use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

/// The most lines that a group keeps.
const MOST: usize = 200_000;

/// What CloudWatch Logs holds: groups of lines.
#[derive(Clone, Default)]
pub struct LogGroups(Arc<Mutex<BTreeMap<String, Group>>>);

#[derive(Default)]
struct Group {
    lines: Vec<Line>,
    /// Lines so far, those that were dropped included.
    count: u64,
}

/// A line of a log.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number in its group.
    pub number: u64,
    /// Milliseconds since 1970.
    pub at_ms: u64,
    pub stream: String,
    pub text: String,
}

impl LogGroups {
    /// Makes a group; `false` if there is one.
    pub fn make(&self, name: &str) -> bool {
        let mut groups = self.0.lock().unwrap();
        if groups.contains_key(name) {
            return false;
        }
        groups.insert(name.to_owned(), Group::default());
        true
    }

    /// Removes a group; `false` if there is none.
    pub fn remove(&self, name: &str) -> bool {
        self.0.lock().unwrap().remove(name).is_some()
    }

    /// Adds a line. One for a group that is not there is lost, as on AWS.
    pub fn write(&self, group: &str, stream: &str, text: String) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let mut groups = self.0.lock().unwrap();
        let Some(group) = groups.get_mut(group) else {
            return;
        };
        group.count += 1;
        group.lines.push(Line {
            number: group.count,
            at_ms: now.unwrap_or_default().as_millis() as u64,
            stream: stream.to_owned(),
            text,
        });
        if group.lines.len() > MOST {
            group.lines.drain(..MOST / 4);
        }
    }

    /// A group's lines, in order; none if there is no such group.
    pub fn lines(&self, group: &str) -> Option<Vec<Line>> {
        let groups = self.0.lock().unwrap();
        groups.get(group).map(|group| group.lines.clone())
    }
}

/// A place in a group for one sandbox's lines.
#[derive(Clone)]
pub struct LogStream {
    pub groups: LogGroups,
    pub group: String,
    pub stream: String,
}

impl LogStream {
    pub fn write(&self, text: &str) {
        self.groups
            .write(&self.group, &self.stream, text.to_owned());
    }
}
