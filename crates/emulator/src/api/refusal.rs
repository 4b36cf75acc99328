use hyper::{Response, StatusCode};
use serde_json::{Value, json};

use crate::api::service::Service;
use crate::fault::ActionFault;
use crate::http::{self, Answer, Dropped};

/// An error as Lambda words it; other services word it in their own way.
#[derive(Debug)]
pub struct Refusal {
    pub status: StatusCode,
    code: String,
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
    pub fn new(status: u16, code: &str, message: &str) -> Self {
        Self::with(status, code, json!({"Type": "User", "message": message}))
    }

    fn with(status: u16, code: &str, body: Value) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        let code = code.to_owned();
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

    pub fn expired() -> Self {
        let message = "The security token included in the request is expired";
        Self::new(403, "ExpiredTokenException", message)
    }

    /// What a fault makes of an action on a resource.
    pub fn of_fault(fault: &ActionFault, denied: &str) -> Self {
        match fault {
            ActionFault::Denied => Self::new(403, "AccessDeniedException", denied),
            ActionFault::ExpiredToken => Self::expired(),
            ActionFault::UnknownKey => {
                let message = "The security token included in the request is invalid.";
                Self::new(403, "UnrecognizedClientException", message)
            }
            ActionFault::Throttled => Self::throttled(),
            ActionFault::ServiceError => Self::service_error(),
            ActionFault::Fail(words) => Self::new(400, "ValidationError", words),
        }
    }

    fn message(&self) -> &str {
        let message = self.body["message"].as_str();
        message.or(self.body["Message"].as_str()).unwrap_or("")
    }

    /// The error as this service words it.
    pub fn answer(&self, service: Service, request_id: &str) -> Answer {
        match service {
            Service::Lambda => {
                let mut answer = http::json(self.status, &self.body);
                http::set(&mut answer, "x-amzn-errortype", &self.code);
                answer
            }
            Service::Logs => {
                let body = json!({"__type": self.code, "message": self.message()});
                http::json(StatusCode::BAD_REQUEST, &body)
            }
            Service::CloudFormation | Service::Sts => self.query(request_id),
        }
    }

    /// The error in XML, with the codes of the older services.
    fn query(&self, request_id: &str) -> Answer {
        let code = match self.code.as_str() {
            "UnrecognizedClientException" => "InvalidClientTokenId",
            "InvalidSignatureException" => "SignatureDoesNotMatch",
            "TooManyRequestsException" => "Throttling",
            "ServiceException" => "InternalFailure",
            "AlreadyExistsException" => "AlreadyExistsException",
            code => code.trim_end_matches("Exception"),
        };
        let body = format!(
            "<ErrorResponse xmlns=\"http://webservices.amazon.com/AWSFault/2005-15-09\"><Error><Type>Sender</Type>\
             <Code>{code}</Code><Message>{}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>",
            http::escape(self.message())
        );
        let mut answer = Response::new(http::body(body));
        *answer.status_mut() = match self.status.as_u16() {
            429 => StatusCode::BAD_REQUEST,
            _ => self.status,
        };
        http::set(&mut answer, "content-type", "text/xml");
        answer
    }
}
