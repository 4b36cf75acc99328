//! Answers, and what requests bring.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited, combinators::UnsyncBoxBody};
use hyper::{
    Response, StatusCode,
    body::{Body, Frame, Incoming},
    header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue},
};
use serde_json::Value;
use tokio::sync::mpsc::Receiver;

/// What a server answers.
pub type Answer = Response<UnsyncBoxBody<Bytes, Infallible>>;

/// An answer of this kind.
pub fn whole(kind: &str, bytes: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(bytes.into()).boxed_unsync());
    set(&mut answer, CONTENT_TYPE, kind);
    answer
}

/// An answer of JSON, which nobody keeps.
pub fn json(value: &Value) -> Answer {
    let mut answer = whole("application/json", value.to_string());
    set(&mut answer, CACHE_CONTROL, "no-store");
    answer
}

/// The same answer with this status.
pub fn with(status: StatusCode, mut answer: Answer) -> Answer {
    *answer.status_mut() = status;
    answer
}

/// An answer of bytes as they come.
pub fn stream(parts: Receiver<Bytes>) -> Answer {
    Response::new(Parts(parts).boxed_unsync())
}

/// Server-sent events as they come.
pub fn events(parts: Receiver<Bytes>) -> Answer {
    let mut answer = stream(parts);
    set(&mut answer, CONTENT_TYPE, "text/event-stream");
    set(&mut answer, CACHE_CONTROL, "no-store");
    answer
}

/// An event and its data, as `EventSource` reads it; one without a name is a message.
pub fn event(name: Option<&str>, data: &Value) -> Bytes {
    match name {
        Some(name) => format!("event: {name}\ndata: {data}\n\n").into(),
        None => format!("data: {data}\n\n").into(),
    }
}

/// Sets a header; a value that no header can hold is left out.
pub fn set(answer: &mut Answer, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
}

/// What a request brings, if it is no longer than `limit` bytes and does not break off.
pub async fn read(body: Incoming, limit: usize) -> Option<Bytes> {
    let body = Limited::new(body, limit).collect().await;
    body.ok().map(|body| body.to_bytes())
}

/// What a channel brings, as a body's frames.
struct Parts(Receiver<Bytes>);

impl Body for Parts {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let part = self.0.poll_recv(cx);
        part.map(|part| part.map(|bytes| Ok(Frame::data(bytes))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_as_browsers_read_them() {
        let data = serde_json::json!({"a": "x\ny"});
        assert_eq!(event(None, &data), "data: {\"a\":\"x\\ny\"}\n\n");
        let named = event(Some("done"), &data);
        assert_eq!(named, "event: done\ndata: {\"a\":\"x\\ny\"}\n\n");
    }

    #[test]
    fn a_header_that_cannot_be_is_left_out() {
        let mut answer = with(StatusCode::CONFLICT, json(&Value::Null));
        set(&mut answer, CONTENT_TYPE, "a\nb");
        assert_eq!(answer.headers()[CONTENT_TYPE], "application/json");
        assert_eq!(answer.headers()[CACHE_CONTROL], "no-store");
        assert_eq!(answer.status(), 409);
    }
}
