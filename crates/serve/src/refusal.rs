use hyper::StatusCode;
use kinora_http::answer::{self, Answer};
use serde_json::json;

/// An answer that says what was wrong, in the fields that Revideo's server has.
pub fn refusal(status: StatusCode, message: &str) -> Answer {
    let told = json!({"status": "error", "message": message});
    answer::with(status, answer::json(&told))
}
