use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use hyper::{
    Response, StatusCode,
    body::{Body as HttpBody, Frame, Incoming},
    header::{CONTENT_TYPE, HeaderValue},
};
use serde_json::Value;
use tokio::sync::mpsc::Receiver;

/// What an answer carries.
pub enum Body {
    /// These bytes.
    Whole(Option<Bytes>),
    /// Bytes as they come, without end.
    Stream(Receiver<Bytes>),
}

pub type Answer = Response<Body>;

impl HttpBody for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.get_mut() {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Stream(parts) => {
                let part = parts.poll_recv(cx);
                part.map(|part| part.map(|bytes| Ok(Frame::data(bytes))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        match self {
            Self::Whole(bytes) => {
                hyper::body::SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64)
            }
            Self::Stream(_) => hyper::body::SizeHint::default(),
        }
    }
}

/// An answer of this kind.
pub fn whole(kind: &'static str, bytes: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Body::Whole(Some(bytes.into())));
    let kind = HeaderValue::from_static(kind);
    answer.headers_mut().insert(CONTENT_TYPE, kind);
    answer
}

/// Events as they come.
pub fn events(parts: Receiver<Bytes>) -> Answer {
    let mut answer = Response::new(Body::Stream(parts));
    let kind = HeaderValue::from_static("text/event-stream");
    answer.headers_mut().insert(CONTENT_TYPE, kind);
    answer
}

pub fn json(value: &Value) -> Answer {
    whole("application/json", value.to_string())
}

/// An answer that says what was wrong.
pub fn refusal(status: StatusCode, message: &str) -> Answer {
    let mut answer = json(&serde_json::json!({"error": message}));
    *answer.status_mut() = status;
    answer
}

/// A body as far as it is no longer than `limit`; none if it is, or breaks off.
pub async fn read(mut body: Incoming, limit: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let frame = std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await;
        match frame {
            None => return Some(bytes),
            Some(Err(_)) => return None,
            Some(Ok(frame)) => {
                if let Some(data) = frame.data_ref() {
                    if bytes.len() + data.len() > limit {
                        return None;
                    }
                    bytes.extend_from_slice(data);
                }
            }
        }
    }
}
