use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard},
};

use kinora_project::Voice;
use serde_json::{Value, json};
use tokio::sync::broadcast;

/// Lines that are kept.
const MOST_LINES: usize = 500;

/// What scripts say, kept for the page.
pub struct Console {
    lines: Mutex<VecDeque<Value>>,
    /// Tells that something is new.
    bell: broadcast::Sender<()>,
}

impl Console {
    /// A console on which nothing was said.
    pub fn new(bell: broadcast::Sender<()>) -> Self {
        Self {
            lines: Mutex::default(),
            bell,
        }
    }

    /// All lines that are kept.
    pub fn lines(&self) -> Vec<Value> {
        self.lock().iter().cloned().collect()
    }

    /// Forgets what was said: the script runs anew.
    pub fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Value>> {
        self.lines.lock().expect("no holder of the lock panics")
    }
}

impl Voice for Console {
    fn say(&self, line: &str) {
        let mut lines = self.lock();
        if lines.len() >= MOST_LINES {
            lines.pop_front();
        }
        let warning = line.starts_with("warning: ") || line.starts_with("error: ");
        lines.push_back(json!({"text": line, "warning": warning}));
        drop(lines);
        // Without a page nobody listens.
        let _ = self.bell.send(());
    }
}

/// Hears what is said in vain.
pub struct Silence;

impl Voice for Silence {
    fn say(&self, _: &str) {}
}
