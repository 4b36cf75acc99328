use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hyper::http::request::Parts;
use hyper::{Response, StatusCode};

use crate::Outcome;
use crate::api::ASYNCHRONOUS;
use crate::api::refusal::{Refusal, Unanswered};
use crate::fault::{self, CallFault, Loss};
use crate::http::{self, Answer, Dropped};
use crate::lambda::{Call, Lambda};

/// The first and the longest pause of an event for which there is no place.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(300));

/// A request that calls the function.
pub struct Invocation<'a> {
    pub request_id: &'a str,
    pub parts: &'a Parts,
    /// As the caller named it.
    pub qualifier: Option<String>,
    pub version: String,
    pub body: Bytes,
}

/// How the caller wants the function to run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `RequestResponse`
    Synchronous,
    /// `Event`
    Asynchronous,
    DryRun,
}

impl Invocation<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        self.parts.headers.get(name)?.to_str().ok()
    }

    fn kind(&self) -> Result<Kind, Refusal> {
        match self.header("x-amz-invocation-type") {
            None | Some("RequestResponse") => Ok(Kind::Synchronous),
            Some("Event") => Ok(Kind::Asynchronous),
            Some("DryRun") => Ok(Kind::DryRun),
            Some(other) => {
                let message = format!(
                    "1 validation error detected: Value '{other}' at 'invocationType' failed to satisfy \
                     constraint: Member must satisfy enum value set: [Event, RequestResponse, DryRun]"
                );
                Err(Refusal::new(
                    400,
                    "InvalidParameterValueException",
                    &message,
                ))
            }
        }
    }

    /// The call, if it is one that Lambda takes.
    fn call(&self, kind: Kind) -> Result<Call, Refusal> {
        if kind == Kind::Asynchronous && self.body.len() > ASYNCHRONOUS {
            return Err(Refusal::too_large(ASYNCHRONOUS));
        }
        let payload = if self.body.is_empty() {
            Bytes::from_static(b"{}")
        } else {
            self.body.clone()
        };
        if let Err(error) = serde_json::from_slice::<serde::de::IgnoredAny>(&payload) {
            let message = format!("Could not parse request body into json: {error}");
            return Err(Refusal::new(
                400,
                "InvalidRequestContentException",
                &message,
            ));
        }
        Ok(Call {
            request_id: self.request_id.to_owned(),
            qualifier: self.qualifier.clone(),
            version: self.version.clone(),
            payload,
            client_context: self.header("x-amz-client-context").map(str::to_owned),
            attempt: 0,
            is_duplicate: false,
            synchronous: kind == Kind::Synchronous,
        })
    }

    pub async fn answer(&self, lambda: &Arc<Lambda>) -> Result<Answer, Unanswered> {
        let kind = self.kind()?;
        let call = self.call(kind)?;
        if kind == Kind::DryRun {
            return Ok(empty(StatusCode::NO_CONTENT, &self.version));
        }
        let faults = lambda.shared.faults.of_call(&call.payload);
        if let Some(refusal) = refused(lambda, &call, &faults) {
            return Err(refusal.into());
        }
        if faults.contains(&CallFault::Duplicate) {
            let again = Call {
                is_duplicate: true,
                ..call.clone()
            };
            tokio::spawn(deliver(lambda.clone(), again, faults.clone()));
        }
        let answer = if kind == Kind::Asynchronous {
            tokio::spawn(deliver(lambda.clone(), call, faults.clone()));
            empty(StatusCode::ACCEPTED, &self.version)
        } else {
            let wants_tail = self.header("x-amz-log-type") == Some("Tail");
            run(lambda, call, faults.clone(), wants_tail).await?
        };
        let loss = faults.iter().find_map(|fault| match fault {
            CallFault::LoseAnswer(loss) => Some(*loss),
            _ => None,
        });
        match loss {
            None => Ok(answer),
            Some(Loss::Closed) => Err(Unanswered::Dropped),
            Some(Loss::Status(status)) => Ok(gateway_error(status)),
        }
    }
}

/// The refusal that a fault makes, before anything runs.
fn refused(lambda: &Lambda, call: &Call, faults: &[CallFault]) -> Option<Refusal> {
    let (fault, refusal) = faults.iter().find_map(|fault| match fault {
        CallFault::Refuse(fault::Refusal::Throttled) => Some((fault, Refusal::throttled())),
        CallFault::Refuse(fault::Refusal::ServiceError) => Some((fault, Refusal::service_error())),
        _ => None,
    })?;
    let outcome = Outcome::Refused(refusal.status.as_u16());
    lambda.refuse(call, outcome, vec![fault.to_string()]);
    Some(refusal)
}

/// What stands between a client and Lambda may answer in its own way.
fn gateway_error(status: u16) -> Answer {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let mut answer = Response::new(http::body(format!("<html><body>{status}</body></html>")));
    *answer.status_mut() = status;
    http::set(&mut answer, "content-type", "text/html");
    answer
}

/// Runs a call whose caller waits.
async fn run(
    lambda: &Arc<Lambda>,
    call: Call,
    faults: Vec<CallFault>,
    wants_tail: bool,
) -> Result<Answer, Unanswered> {
    // A caller that hangs up does not stop the call.
    let running = tokio::spawn({
        let lambda = lambda.clone();
        async move { lambda.run(&call, &faults).await }
    });
    let result = running.await.map_err(|_| Dropped)?;
    if result.outcome == Outcome::Throttled {
        return Err(Refusal::throttled().into());
    }
    let mut answer = Response::new(http::body(result.payload));
    http::set(&mut answer, "content-type", "application/json");
    http::set(&mut answer, "x-amz-executed-version", &result.version);
    if !result.outcome.is_success() {
        http::set(&mut answer, "x-amz-function-error", "Unhandled");
    }
    if wants_tail {
        let tail = base64_simd::STANDARD.encode_to_string(result.tail);
        http::set(&mut answer, "x-amz-log-result", &tail);
    }
    Ok(answer)
}

fn empty(status: StatusCode, version: &str) -> Answer {
    let mut answer = Response::new(http::body(Bytes::new()));
    *answer.status_mut() = status;
    http::set(&mut answer, "x-amz-executed-version", version);
    answer
}

/// Delivers an event until the function does not fail on it, three times at most.
/// Being throttled is no failure: the event waits.
async fn deliver(lambda: Arc<Lambda>, mut call: Call, mut faults: Vec<CallFault>) {
    let mut pause = PAUSES.0;
    loop {
        let result = lambda.run(&call, &faults).await;
        match result.outcome {
            Outcome::Success => return,
            Outcome::Throttled => {
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(PAUSES.1);
            }
            // Lambda itself repeats only what nobody waits for.
            _ if call.synchronous => return,
            _ => {
                let Some(delay) = lambda.shared.retry_delays.get(call.attempt as usize) else {
                    return;
                };
                tokio::time::sleep(*delay).await;
                call.attempt += 1;
                faults = lambda.shared.faults.of_call(&call.payload);
            }
        }
    }
}
