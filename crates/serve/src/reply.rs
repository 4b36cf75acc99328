use std::convert::Infallible;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, StreamBody, combinators::UnsyncBoxBody};
use hyper::{
    Response, StatusCode,
    body::Frame,
    header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue},
};
use serde_json::{Value, json};
use tokio::sync::mpsc::Receiver;

/// What the service answers.
pub type Reply = Response<UnsyncBoxBody<Bytes, Infallible>>;

/// An answer of this kind.
pub fn whole(kind: &'static str, bytes: impl Into<Bytes>) -> Reply {
    let mut reply = Response::new(Full::new(bytes.into()).boxed_unsync());
    set(&mut reply, CONTENT_TYPE, kind);
    reply
}

pub fn json(value: &Value) -> Reply {
    let mut reply = whole("application/json", value.to_string());
    set(&mut reply, CACHE_CONTROL, "no-store");
    reply
}

/// The same answer with this status.
pub fn with(status: StatusCode, mut reply: Reply) -> Reply {
    *reply.status_mut() = status;
    reply
}

/// An answer that says what was wrong.
pub fn refusal(status: StatusCode, message: &str) -> Reply {
    with(
        status,
        json(&json!({"status": "error", "message": message})),
    )
}

/// An answer of bytes as they come.
pub fn stream(parts: Receiver<Bytes>) -> Reply {
    let body = StreamBody::new(Parts(parts));
    Response::new(body.boxed_unsync())
}

/// Server-sent events as they come.
pub fn events(parts: Receiver<Bytes>) -> Reply {
    let mut reply = stream(parts);
    set(&mut reply, CONTENT_TYPE, "text/event-stream");
    set(&mut reply, CACHE_CONTROL, "no-store");
    reply
}

/// An event and its data, as `EventSource` reads it.
pub fn event(name: &str, data: &Value) -> Bytes {
    format!("event: {name}\ndata: {data}\n\n").into()
}

pub fn set(reply: &mut Reply, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        reply.headers_mut().insert(name, value);
    }
}

/// What a channel brings, as a body's frames.
struct Parts(Receiver<Bytes>);

impl futures::Stream for Parts {
    type Item = Result<Frame<Bytes>, Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let part = self.0.poll_recv(cx);
        part.map(|part| part.map(|bytes| Ok(Frame::data(bytes))))
    }
}
