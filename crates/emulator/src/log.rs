use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt};

/// How much of a call's log its caller may see.
const TAIL: usize = 4096;

/// What a sandbox logs: its process's two outputs, and Lambda's own lines.
#[derive(Clone)]
pub struct Log(Arc<Mutex<Inner>>);

struct Inner {
    file: std::fs::File,
    tail: Vec<u8>,
}

impl Log {
    pub fn create(path: &Path) -> std::io::Result<Self> {
        let file = std::fs::File::create(path)?;
        Ok(Self(Arc::new(Mutex::new(Inner {
            file,
            tail: Vec::new(),
        }))))
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
        // A full disk costs lines of the log, not the call.
        let _ = inner.file.write_all(bytes);
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
        tokio::spawn(async move {
            let mut buffer = vec![0; 8192];
            while let Ok(count @ 1..) = output.read(&mut buffer).await {
                log.append(&buffer[..count]);
            }
        });
    }
}
