//! Lambda's words for calls that did not end well.

use std::process::ExitStatus;
use std::time::Duration;

use bytes::Bytes;
use serde_json::json;

use crate::Outcome;
use crate::api::runtime::RESPONSE_LIMIT;
use crate::process::exit_words;

pub fn exited(request_id: &str, status: ExitStatus) -> (Outcome, Bytes) {
    let (how, payload) = exit_error(Some(request_id), exit_words(status));
    (Outcome::Exit(how), payload)
}

/// The end of a process that was killed.
pub fn killed(request_id: &str) -> (Outcome, Bytes) {
    let (how, payload) = exit_error(Some(request_id), Some("signal: killed".to_owned()));
    (Outcome::Exit(how), payload)
}

pub fn exit_error(request_id: Option<&str>, how: Option<String>) -> (String, Bytes) {
    let message = match &how {
        Some(how) => format!("Runtime exited with error: {how}"),
        None => "Runtime exited without providing a reason".to_owned(),
    };
    let payload = error("Runtime.ExitError", request_id, &message);
    (how.unwrap_or_else(|| "exit status 0".to_owned()), payload)
}

pub fn out_of_memory(request_id: &str) -> (Outcome, Bytes) {
    let message = "Runtime exited with error: signal: killed";
    (
        Outcome::OutOfMemory,
        error("Runtime.OutOfMemory", Some(request_id), message),
    )
}

pub fn timed_out(request_id: &str, limit: Duration) -> (Outcome, Bytes) {
    let message = format!("Task timed out after {:.2} seconds", limit.as_secs_f64());
    (
        Outcome::Timeout,
        error("Sandbox.Timedout", Some(request_id), &message),
    )
}

pub fn too_large(size: usize) -> (Outcome, Bytes) {
    let message = format!(
        "Response payload size ({size} bytes) exceeded maximum allowed payload size ({RESPONSE_LIMIT} bytes)."
    );
    let payload = json!({"errorType": "Function.ResponseSizeTooLarge", "errorMessage": message});
    (Outcome::ResponseTooLarge, payload.to_string().into())
}

pub fn error(kind: &str, request_id: Option<&str>, message: &str) -> Bytes {
    let message = match request_id {
        Some(id) => format!("RequestId: {id} Error: {message}"),
        None => format!("Error: {message}"),
    };
    json!({"errorType": kind, "errorMessage": message})
        .to_string()
        .into()
}
