//! What is told as lines of JSON on standard error, for programs that start this one.

use std::{
    io::Write as _,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
};

use kinora_project::visible_json;
use serde_json::{Value, json};

static ON: AtomicBool = AtomicBool::new(false);

/// Has everything told as events from here on.
pub fn turn_on() {
    ON.store(true, Relaxed);
}

/// Whether everything is told as events.
pub fn are_on() -> bool {
    ON.load(Relaxed)
}

/// Tells an event with what belongs to it, an object. A reader that has gone away is no
/// error.
pub fn tell(kind: &str, facts: Value) {
    let mut event = json!({"event": kind});
    if let (Value::Object(event), Value::Object(facts)) = (&mut event, facts) {
        event.extend(facts);
    }
    // At once, so that lines of several threads do not mix.
    let _ =
        std::io::stderr().write_all(format!("{}\n", visible_json(&event.to_string())).as_bytes());
}

/// Tells a line that is meant for people.
pub fn tell_line(line: &str) {
    match line.strip_prefix("warning: ") {
        Some(text) => tell("warning", json!({"message": text})),
        None => tell("note", json!({"message": line})),
    }
}
