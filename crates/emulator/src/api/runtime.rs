//! The Runtime API of one sandbox: what its process asks for events and tells.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use hyper::body::Incoming;
use hyper::{Method, Request, Response, StatusCode};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::AbortHandle;

use crate::http::{self, Answer, Dropped, Read};

/// The most bytes that a function's answer may have: 6 MB and a little.
pub const RESPONSE_LIMIT: usize = 6 * 1024 * 1024 + 100;

/// One event on its way to the process.
#[derive(Debug)]
pub struct Delivery {
    pub request_id: String,
    /// Milliseconds since 1970.
    pub deadline_ms: u64,
    pub arn: String,
    pub trace_id: String,
    pub client_context: Option<String>,
    pub payload: Bytes,
}

/// What the process did.
#[derive(Debug)]
pub enum Event {
    /// It waits for an event.
    Next(oneshot::Sender<Delivery>),
    Response(Bytes),
    /// It answered with so many bytes.
    TooLarge(usize),
    /// It reported an error of a call: its JSON and its type.
    Error(Bytes, String),
    /// It could not start: its JSON and its type.
    InitError(Bytes, String),
}

/// The listening side.
pub struct RuntimeApi {
    server: AbortHandle,
    state: Arc<State>,
}

struct State {
    events: mpsc::UnboundedSender<Event>,
    current: Mutex<Option<String>>,
}

impl RuntimeApi {
    pub fn start(listener: TcpListener) -> (Self, mpsc::UnboundedReceiver<Event>) {
        let (events, receiver) = mpsc::unbounded_channel();
        let state = Arc::new(State {
            events,
            current: Mutex::new(None),
        });
        let server = http::serve(listener, {
            let state = state.clone();
            move |request| answer(state.clone(), request)
        });
        (Self { server, state }, receiver)
    }

    /// The request that may be answered now.
    pub fn expect(&self, request_id: Option<&str>) {
        *self.state.current.lock().unwrap() = request_id.map(str::to_owned);
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(state: Arc<State>, request: Request<Incoming>) -> Result<Answer, Dropped> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let Some(route) = path.strip_prefix("/2018-06-01/runtime/") else {
        return Ok(refuse(
            StatusCode::NOT_FOUND,
            "NotFound",
            &format!("no such path: {path}"),
        ));
    };
    let steps: Vec<&str> = route.split('/').collect();
    let kind = parts
        .headers
        .get("lambda-runtime-function-error-type")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    match (&parts.method, &steps[..]) {
        (&Method::GET, ["invocation", "next"]) => next(&state).await,
        (&Method::POST, ["invocation", id, "response"]) => {
            if !state.is_current(id) {
                return Ok(invalid_id());
            }
            let (event, answer) = match http::read(body, RESPONSE_LIMIT).await {
                Read::Whole(bytes) => (Event::Response(bytes), accepted()),
                Read::TooLarge(size) => (Event::TooLarge(size), too_large()),
                Read::Broken => return Err(Dropped),
            };
            state.finish(id, event, answer)
        }
        (&Method::POST, ["invocation", id, "error"]) => {
            let Read::Whole(bytes) = http::read(body, RESPONSE_LIMIT).await else {
                return Err(Dropped);
            };
            let kind = error_type(&bytes, kind);
            state.finish(id, Event::Error(bytes, kind), accepted())
        }
        (&Method::POST, ["init", "error"]) => {
            let Read::Whole(bytes) = http::read(body, RESPONSE_LIMIT).await else {
                return Err(Dropped);
            };
            let kind = error_type(&bytes, kind);
            let _ = state.events.send(Event::InitError(bytes, kind));
            Ok(accepted())
        }
        _ => Ok(refuse(
            StatusCode::NOT_FOUND,
            "NotFound",
            &format!("no such path: {path}"),
        )),
    }
}

impl State {
    fn is_current(&self, id: &str) -> bool {
        self.current.lock().unwrap().as_deref() == Some(id)
    }

    /// Takes the first answer to the current request, and no second one.
    fn finish(&self, id: &str, event: Event, answer: Answer) -> Result<Answer, Dropped> {
        let mut current = self.current.lock().unwrap();
        if current.as_deref() != Some(id) {
            return Ok(invalid_id());
        }
        *current = None;
        let _ = self.events.send(event);
        Ok(answer)
    }
}

/// Waits for as long as there is no event.
async fn next(state: &State) -> Result<Answer, Dropped> {
    let (sender, receiver) = oneshot::channel();
    let _ = state.events.send(Event::Next(sender));
    let delivery = receiver.await.map_err(|_| Dropped)?;
    let mut answer = Response::new(http::body(delivery.payload));
    http::set(&mut answer, "content-type", "application/json");
    http::set(
        &mut answer,
        "lambda-runtime-aws-request-id",
        &delivery.request_id,
    );
    http::set(
        &mut answer,
        "lambda-runtime-deadline-ms",
        &delivery.deadline_ms.to_string(),
    );
    http::set(
        &mut answer,
        "lambda-runtime-invoked-function-arn",
        &delivery.arn,
    );
    http::set(&mut answer, "lambda-runtime-trace-id", &delivery.trace_id);
    if let Some(context) = &delivery.client_context {
        http::set(&mut answer, "lambda-runtime-client-context", context);
    }
    Ok(answer)
}

fn accepted() -> Answer {
    http::json(StatusCode::ACCEPTED, &json!({"status": "OK"}))
}

fn too_large() -> Answer {
    let message = format!("Exceeded maximum allowed payload size ({RESPONSE_LIMIT} bytes).");
    refuse(
        StatusCode::PAYLOAD_TOO_LARGE,
        "RequestEntityTooLarge",
        &message,
    )
}

fn invalid_id() -> Answer {
    refuse(
        StatusCode::BAD_REQUEST,
        "InvalidRequestID",
        "Invalid request ID",
    )
}

fn refuse(status: StatusCode, kind: &str, message: &str) -> Answer {
    http::json(status, &json!({"errorType": kind, "errorMessage": message}))
}

/// The type that the error's own JSON names, or else its header.
fn error_type(bytes: &[u8], header: Option<String>) -> String {
    let named = serde_json::from_slice::<serde_json::Value>(bytes).ok();
    named
        .and_then(|value| Some(value.get("errorType")?.as_str()?.to_owned()))
        .or(header)
        .unwrap_or_else(|| "Runtime.Unknown".to_owned())
}
