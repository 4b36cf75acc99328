use std::collections::HashMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, RwLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes};
use hyper::body::{Body, Frame, SizeHint};
use tokio::sync::mpsc;
use tokio::time::Sleep;

use super::Moment;
use crate::http::BoxError;

/// How long a request hangs whose sender is about to be killed.
pub const HANG: Duration = Duration::from_secs(2);

/// What is to happen when during a call.
#[derive(Debug, Default)]
pub struct Script {
    pub moments: Vec<Moment>,
    /// After so many requests the credentials have expired.
    pub expired_after: Option<u32>,
}

/// What one sandbox sends to S3.
#[derive(Debug, Default)]
pub struct Traffic(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    script: Script,
    /// Hears which moment has come.
    trigger: Option<mpsc::UnboundedSender<usize>>,
    requests: u32,
    bytes: u64,
    notes: Vec<String>,
}

/// What becomes of a request that has come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It is carried out.
    Pass,
    /// Its sender dies before.
    Fatal,
    /// Its sender dies when it has been carried out.
    FatalAfter(usize),
    /// Its signature is no longer good.
    Expired,
}

/// What a call has sent.
#[derive(Debug, Default)]
pub struct Sent {
    pub requests: u32,
    /// The faults that hit its requests.
    pub notes: Vec<String>,
}

impl Traffic {
    /// Begins a call; the receiver hears which moments have come.
    pub fn begin(&self, script: Script) -> mpsc::UnboundedReceiver<usize> {
        let (trigger, triggered) = mpsc::unbounded_channel();
        *self.0.lock().unwrap() = State {
            script,
            trigger: Some(trigger),
            ..State::default()
        };
        triggered
    }

    /// Ends the call.
    pub fn end(&self) -> Sent {
        let mut state = self.0.lock().unwrap();
        let state = std::mem::take(&mut *state);
        Sent {
            requests: state.requests,
            notes: state.notes,
        }
    }

    /// Counts a request.
    pub fn arrive(&self) -> Arrival {
        let mut state = self.0.lock().unwrap();
        state.requests += 1;
        let number = state.requests;
        let moments = &state.script.moments;
        let is_now = |wanted: Moment| moments.iter().position(|moment| *moment == wanted);
        if let Some(at) = is_now(Moment::BeforeRequest(number)) {
            state.fire(at);
            return Arrival::Fatal;
        }
        if let Some(at) = is_now(Moment::AfterRequest(number)) {
            return Arrival::FatalAfter(at);
        }
        if state
            .script
            .expired_after
            .is_some_and(|requests| number > requests)
        {
            return Arrival::Expired;
        }
        Arrival::Pass
    }

    /// Whether the credentials have expired.
    pub fn is_expired(&self) -> bool {
        let state = self.0.lock().unwrap();
        state
            .script
            .expired_after
            .is_some_and(|requests| state.requests >= requests)
    }

    /// The moment has come.
    pub fn fire(&self, moment: usize) {
        self.0.lock().unwrap().fire(moment);
    }

    /// Counts bytes of a request; tells whether its sender dies now.
    fn send(&self, bytes: u64) -> bool {
        let mut state = self.0.lock().unwrap();
        let before = state.bytes;
        state.bytes += bytes;
        let now = before..state.bytes;
        let is_now = |moment: &Moment| matches!(moment, Moment::AfterBytes(at) if now.contains(&at.saturating_sub(1)));
        let Some(at) = state.script.moments.iter().position(is_now) else {
            return false;
        };
        state.fire(at);
        true
    }

    pub fn note(&self, fault: &impl ToString) {
        self.0.lock().unwrap().notes.push(fault.to_string());
    }
}

impl State {
    fn fire(&self, moment: usize) {
        if let Some(trigger) = &self.trigger {
            // The call may have ended meanwhile.
            let _ = trigger.send(moment);
        }
    }
}

/// The traffic of all sandboxes, by their numbers.
#[derive(Debug, Default)]
pub struct Traffics(RwLock<HashMap<u32, Arc<Traffic>>>);

impl Traffics {
    pub fn of(&self, sandbox: u32) -> Arc<Traffic> {
        if let Some(traffic) = self.0.read().unwrap().get(&sandbox) {
            return traffic.clone();
        }
        self.0.write().unwrap().entry(sandbox).or_default().clone()
    }
}

/// A body on its way: counted, and cut where a fault wants it.
pub struct TrafficBody<B> {
    inner: B,
    traffic: Option<Arc<Traffic>>,
    /// The bytes that still pass.
    left: Option<u64>,
    is_cut: Arc<AtomicBool>,
    hang: Option<Pin<Box<Sleep>>>,
}

#[derive(Debug, thiserror::Error)]
#[error("the connection was cut on purpose")]
struct Cut;

impl<B> TrafficBody<B> {
    /// Lets `left` bytes pass, or all.
    pub fn new(inner: B, traffic: Option<Arc<Traffic>>, left: Option<u64>) -> Self {
        Self {
            inner,
            traffic,
            left,
            is_cut: Arc::default(),
            hang: None,
        }
    }

    /// Becomes true when the body is cut.
    pub fn is_cut(&self) -> Arc<AtomicBool> {
        self.is_cut.clone()
    }
}

impl<B> Body for TrafficBody<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Some(hang) = &mut self.hang {
            ready!(hang.as_mut().poll(context));
            return Poll::Ready(Some(Err(Cut.into())));
        }
        if self.left == Some(0) {
            self.is_cut.store(true, Relaxed);
            return Poll::Ready(Some(Err(Cut.into())));
        }
        let frame = ready!(Pin::new(&mut self.inner).poll_frame(context));
        let data = match frame {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
            Some(Ok(frame)) => frame.into_data(),
        };
        let mut data = match data {
            Ok(data) => data,
            Err(other) => return Poll::Ready(Some(Ok(other))),
        };
        if let Some(left) = &mut self.left {
            data.truncate((*left).min(data.len() as u64) as usize);
            *left -= data.remaining() as u64;
        }
        let is_fatal = self
            .traffic
            .as_ref()
            .is_some_and(|traffic| traffic.send(data.len() as u64));
        if is_fatal {
            self.is_cut.store(true, Relaxed);
            self.hang = Some(Box::pin(tokio::time::sleep(HANG)));
            return self.poll_frame(context);
        }
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.left != Some(0) && self.hang.is_none() && self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_come_once_and_in_time() {
        let traffic = Traffic::default();
        let moments = vec![
            Moment::AfterRequest(2),
            Moment::AfterBytes(100),
            Moment::BeforeRequest(4),
        ];
        let mut heard = traffic.begin(Script {
            moments,
            expired_after: Some(2),
        });
        assert_eq!(traffic.arrive(), Arrival::Pass);
        assert!(!traffic.send(99) && traffic.send(1) && !traffic.send(1000));
        assert_eq!(heard.try_recv().ok(), Some(1));
        assert_eq!(traffic.arrive(), Arrival::FatalAfter(0));
        assert!(traffic.is_expired());
        assert_eq!(traffic.arrive(), Arrival::Expired);
        assert_eq!(traffic.arrive(), Arrival::Fatal);
        assert_eq!(heard.try_recv().ok(), Some(2));
        traffic.note(&"a fault");
        let sent = traffic.end();
        assert_eq!((sent.requests, sent.notes), (4, vec!["a fault".to_owned()]));
        assert_eq!(traffic.arrive(), Arrival::Pass);
    }
}
