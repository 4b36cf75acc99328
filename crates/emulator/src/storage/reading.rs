use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::task::JoinHandle;

/// How much is read at once.
const PIECE: u64 = 256 * 1024;

/// A part of a file as a body.
pub struct Reading {
    file: Arc<File>,
    at: u64,
    end: u64,
    piece: Option<JoinHandle<io::Result<Bytes>>>,
}

impl Reading {
    pub fn new(file: File, range: std::ops::Range<u64>) -> Self {
        Self {
            file: Arc::new(file),
            at: range.start,
            end: range.end,
            piece: None,
        }
    }

    fn next(&self) -> JoinHandle<io::Result<Bytes>> {
        let (file, at) = (self.file.clone(), self.at);
        let length = (self.end - self.at).min(PIECE) as usize;
        tokio::task::spawn_blocking(move || {
            let mut bytes = vec![0; length];
            file.read_exact_at(&mut bytes, at)?;
            Ok(bytes.into())
        })
    }
}

impl Body for Reading {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.at == self.end {
            return Poll::Ready(None);
        }
        let mut piece = self.piece.take().unwrap_or_else(|| self.next());
        let Poll::Ready(read) = Pin::new(&mut piece).poll(context) else {
            self.piece = Some(piece);
            return Poll::Pending;
        };
        let read = read.map_err(io::Error::other).flatten();
        if let Ok(bytes) = &read {
            self.at += bytes.len() as u64;
        }
        Poll::Ready(Some(read.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.at == self.end
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.end - self.at)
    }
}
