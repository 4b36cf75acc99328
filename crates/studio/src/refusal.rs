use hyper::StatusCode;
use kinora_http::answer::{self, Answer};
use serde_json::json;

/// An answer that says what was wrong.
pub fn refusal(status: StatusCode, message: &str) -> Answer {
    answer::with(status, answer::json(&json!({"error": message})))
}
