use hyper::StatusCode;
use serde_json::{Value, json};

use crate::http::{self, Answer, Dropped};

/// An error as Lambda words it.
#[derive(Debug)]
pub struct Refusal {
    pub status: StatusCode,
    code: &'static str,
    body: Value,
}

/// Why there is no answer of the usual kind.
#[derive(Debug)]
pub enum Unanswered {
    Refused(Refusal),
    /// The connection is closed.
    Dropped,
}

impl From<Refusal> for Unanswered {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Dropped> for Unanswered {
    fn from(_: Dropped) -> Self {
        Self::Dropped
    }
}

impl Refusal {
    pub fn new(status: u16, code: &'static str, message: &str) -> Self {
        Self::with(status, code, json!({"Type": "User", "message": message}))
    }

    fn with(status: u16, code: &'static str, body: Value) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        Self { status, code, body }
    }

    pub fn too_large(limit: usize) -> Self {
        let message =
            format!("Request must be smaller than {limit} bytes for the InvokeFunction operation");
        Self::new(413, "RequestTooLargeException", &message)
    }

    pub fn not_found(arn: &str) -> Self {
        Self::new(
            404,
            "ResourceNotFoundException",
            &format!("Function not found: {arn}"),
        )
    }

    pub fn throttled() -> Self {
        let body = json!({
            "Reason": "ConcurrentInvocationLimitExceeded",
            "Type": "User",
            "message": "Rate Exceeded.",
        });
        Self::with(429, "TooManyRequestsException", body)
    }

    pub fn service_error() -> Self {
        let body =
            json!({"Type": "Service", "Message": "The service encountered an internal error."});
        Self::with(500, "ServiceException", body)
    }

    pub fn answer(&self) -> Answer {
        let mut answer = http::json(self.status, &self.body);
        http::set(&mut answer, "x-amzn-errortype", self.code);
        answer
    }
}
