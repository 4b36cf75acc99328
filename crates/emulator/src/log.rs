use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::sync::{mpsc, oneshot};

use crate::log_groups::LogStream;

/// How much of a call's log its caller may see.
const TAIL: usize = 4096;
/// How long the end of a call waits for what the process has written.
const DRAIN: Duration = Duration::from_millis(100);

/// What a sandbox logs: its process's two outputs, and Lambda's own lines.
#[derive(Clone)]
pub struct Log(Arc<Mutex<Inner>>);

struct Inner {
    /// None where none could be made: that costs the file, not the calls.
    file: Option<std::fs::File>,
    tail: Vec<u8>,
    /// Where whole lines go as well.
    stream: LogStream,
    /// The beginning of a line.
    begun: Vec<u8>,
    /// Ask the followers for a sign that they have read all that there is.
    followers: Vec<mpsc::UnboundedSender<oneshot::Sender<()>>>,
}

impl Inner {
    /// Hands on the lines that have become whole.
    fn stream_lines(&mut self, bytes: &[u8]) {
        self.begun.extend_from_slice(bytes);
        while let Some(end) = self.begun.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.begun.drain(..=end).collect();
            self.stream.write(&String::from_utf8_lossy(&line[..end]));
        }
    }
}

impl Log {
    pub fn create(path: &Path, stream: LogStream) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            file: std::fs::File::create(path).ok(),
            tail: Vec::new(),
            stream,
            begun: Vec::new(),
            followers: Vec::new(),
        })))
    }

    /// Begins the log of a call.
    pub fn begin(&self) {
        self.0.lock().unwrap().tail.clear();
    }

    pub fn line(&self, line: &str) {
        self.append(format!("{line}\n").as_bytes());
    }

    fn append(&self, bytes: &[u8]) {
        let mut inner = self.0.lock().unwrap();
        if let Some(file) = &mut inner.file {
            let _ = file.write_all(bytes);
        }
        inner.stream_lines(bytes);
        inner.tail.extend_from_slice(bytes);
        let excess = inner.tail.len().saturating_sub(2 * TAIL);
        inner.tail.drain(..excess);
    }

    /// The last 4 KB of the call's log.
    pub fn tail(&self) -> Vec<u8> {
        let inner = self.0.lock().unwrap();
        inner.tail[inner.tail.len().saturating_sub(TAIL)..].to_vec()
    }

    /// Takes over what comes out of the process.
    pub fn follow(&self, mut output: impl AsyncRead + Unpin + Send + 'static) {
        let log = self.clone();
        let (asker, mut asked) = mpsc::unbounded_channel::<oneshot::Sender<()>>();
        self.0.lock().unwrap().followers.push(asker);
        tokio::spawn(async move {
            let mut buffer = vec![0; 8192];
            loop {
                tokio::select! {
                    // What has been written comes before the answer to who asks.
                    biased;
                    read = output.read(&mut buffer) => match read {
                        Ok(count @ 1..) => log.append(&buffer[..count]),
                        _ => return,
                    },
                    Some(sign) = asked.recv() => {
                        let _ = sign.send(());
                    }
                }
            }
        });
    }

    /// Waits until what the process has written is in the log.
    pub async fn drain(&self) {
        let followers = self.0.lock().unwrap().followers.clone();
        let signs: Vec<_> = followers
            .iter()
            .filter_map(|follower| {
                let (sign, signed) = oneshot::channel();
                follower.send(sign).ok().map(|()| signed)
            })
            .collect();
        let all = async {
            for sign in signs {
                // A follower that is gone has read everything.
                let _ = sign.await;
            }
        };
        let _ = tokio::time::timeout(DRAIN, all).await;
    }
}
